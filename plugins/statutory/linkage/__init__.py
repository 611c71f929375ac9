"""Which people of one list are people of another, where no number says so."""
