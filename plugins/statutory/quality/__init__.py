"""The gates a night passes: suites on what landed, and what each found, in counts only."""
