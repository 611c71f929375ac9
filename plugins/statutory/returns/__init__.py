"""Statutory returns: built from a night, or checked as rows from elsewhere."""

from statutory.returns.checking import validate

__all__ = ["validate"]
