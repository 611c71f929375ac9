"""A night of a council, which steps, pages and commands are given."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from statutory.errors import WarehouseError
from statutory.postgres import Connection, is_there, use
from statutory.settings import Council


@dataclass(frozen=True)
class Night:
    """One night of a council, over a connection to its warehouse, which the caller commits and closes."""

    council: Council
    day: date
    connection: Connection

    @property
    def schema(self) -> str:
        """The schema of the night."""
        return night_schema(self.day)

    @property
    def landing(self) -> str:
        """The landing schema of the night."""
        return landing_schema(self.day)

    @property
    def folder(self) -> Path:
        """The folder of the night's files."""
        return self.council.out / f"{self.day:%Y-%m-%d}"


def night_schema(day: date) -> str:
    """The schema of a night."""
    return f"night_{day:%Y_%m_%d}"


def landing_schema(day: date) -> str:
    """The landing schema of a night."""
    return f"landing_{day:%Y_%m_%d}"


def use_night(night: Night) -> None:
    """Set the search path to a night for the rest of the transaction; WarehouseError if it is not built."""
    if not is_there(night.connection, night.schema):
        raise WarehouseError(f"the night {night.day} is not built: run `statutory build --night {night.day}`")
    use(night.connection, night.schema)
