"""The nights that stand in the warehouse, a schema each."""

from datetime import date

from statutory.warehouse.connection import Connection


def night_schema(night: date) -> str:
    """The schema of a night."""
    return f"night_{night:%Y_%m_%d}"


def built_nights(connection: Connection) -> list[date]:
    """The nights whose schema stands, oldest first."""
    found = connection.execute(r"select nspname from pg_namespace where nspname ~ '^night_\d{4}_\d\d_\d\d$'")
    return sorted(date(*map(int, name.split("_")[1:])) for (name,) in found)
