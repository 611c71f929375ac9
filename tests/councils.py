"""Councils for tests: a night of one, and a folder without files of its own."""

from pathlib import Path

from statutory.night import Night
from statutory.returns import definition
from statutory.settings import Council

SHIPPED = Path("/no council's own files")


def at(connection, day, **given):
    """The night of a day over a connection, of the council of this run but for the settings given."""
    return Night(Council(**given), day, connection)


def return_of(return_id):
    """A return as the project has it."""
    return definition.of(return_id, SHIPPED)
