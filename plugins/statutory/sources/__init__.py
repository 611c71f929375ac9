"""The contract of the sources, and reading their extracts."""
