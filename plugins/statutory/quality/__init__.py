"""The checks of a night: suites on landing, with results as counts only."""
