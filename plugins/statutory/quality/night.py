"""A night with what is known of its data: the step between its marts and its indicators."""

from statutory.night import Night
from statutory.quality import data_quality, run_history
from statutory.warehouse import builder, comments, ordering
from statutory.warehouse.build import build_night

# What this room makes for a night, and the grain of each.
RELATIONS = data_quality.RELATIONS | run_history.RELATIONS


def build(night: Night) -> dict[str, int]:
    """Make the schema of a night and, in it, what its rows and the nights before it say of the data.

    Returns and errors are those of `build_night`.
    """
    rows = build_night(night)
    data_quality.fill(night)
    run_history.fill(night)
    ordering.by_number(night.connection, night.schema)
    builder.show(night.connection, night.schema)
    comments.write(night, night.schema)
    return rows
