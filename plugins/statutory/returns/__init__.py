"""The returns that the department collects: built from a night, or checked as somebody else's rows."""

from statutory.returns.checking import validate

__all__ = ["validate"]
