"""Recalculate values of earlier nights from their rows; Q12 compares them with the stored values."""

import contextlib
from datetime import date
from decimal import Decimal

import psycopg
from psycopg import sql

from statutory.errors import WarehouseError
from statutory.indicators import values
from statutory.indicators.definition import indicators
from statutory.night import Night, night_schema
from statutory.postgres import using
from statutory.quality.run_history import kept_month_ends

FEW = 10  # values drawn from a kept night


def fill(night: Night) -> None:
    """Fill `rerun_value` of a night from the month ends that are still stored; the search path must be on the night."""
    night.connection.execute("delete from rerun_value")
    for day in kept_month_ends(night):
        _again(night, day)


def _again(night: Night, day: date) -> None:
    """Draw values of a stored night, always the same ones, and recalculate them from its rows."""
    schema = night_schema(day)
    known = indicators(night.council.local)
    drawn = night.connection.execute(
        sql.SQL(
            """
            select indicator_id, view, period_kind, period_end, figure, value
            from {} where breakdown = 'whole' and value is not null and indicator_id = any(%s)
            order by md5(concat_ws('/', indicator_id, view, period_kind, period_end, figure)) limit %s
            """
        ).format(sql.Identifier(schema, "indicator_value")),
        (list(known), FEW),
    ).fetchall()
    for name, view, kind, end, figure, value in drawn:
        again: Decimal | None = None
        # A value that cannot be recalculated counts as different.
        kept = contextlib.suppress(psycopg.Error, WarehouseError)
        with using(night.connection, schema), kept, night.connection.transaction():
            found = values.values(night.connection, [known[name]], [values.point(kind, end, day)])
            again = next((row["value"] for row in found if (row["view"], row["figure"]) == (view, figure)), None)
        night.connection.execute(
            "insert into rerun_value values (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (day, name, view, kind, end, figure, value, again, again is not None and again == value),
        )
