"""Find the same people in two lists without a common number."""
