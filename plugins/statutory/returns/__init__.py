"""The returns that the department collects, built from a night."""
