"""A night with what is known of its data: the step between its marts and its indicators."""

from datetime import date

from statutory.quality import data_quality, run_history
from statutory.warehouse import builder, ordering
from statutory.warehouse.build import build_night
from statutory.warehouse.connection import Connection
from statutory.warehouse.nights import night_schema

# What this room makes for a night, and the grain of each.
RELATIONS = data_quality.RELATIONS | run_history.RELATIONS


def build(connection: Connection, night: date) -> dict[str, int]:
    """Make the schema of a night and, in it, what its rows and the nights before it say of the data.

    Returns and errors are those of `build_night`.
    """
    rows = build_night(connection, night)
    data_quality.fill(connection, night)
    run_history.fill(connection, night)
    ordering.by_number(connection, night_schema(night))
    builder.show(connection, night_schema(night))
    return rows
