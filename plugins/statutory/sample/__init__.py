"""The synthetic council: consistent records of workers and children as a source would extract them each night."""

from statutory.sample.council import COUNCIL, FIRST_NIGHT, write

__all__ = ["COUNCIL", "FIRST_NIGHT", "write"]
