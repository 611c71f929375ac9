"""statutory: every night from HR and case records to the returns, the indicators and the inspection pack."""
