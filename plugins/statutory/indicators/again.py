"""Values of kept nights worked out again from those nights' rows, which Q12 compares with what was kept."""

from datetime import date
from decimal import Decimal

import psycopg
from psycopg import sql

from statutory.errors import WarehouseError
from statutory.indicators import values
from statutory.indicators.definition import indicators
from statutory.quality.run_history import kept_month_ends
from statutory.warehouse.connection import Connection
from statutory.warehouse.nights import night_schema

FEW = 10  # values drawn from a kept night


def fill(connection: Connection, night: date) -> None:
    """Fill `rerun_value` of a night from the ends of months that are kept; the search path is on the night."""
    connection.execute("delete from rerun_value")
    for day in kept_month_ends(connection, night):
        _again(connection, day, night)


def _again(connection: Connection, day: date, night: date) -> None:
    """Draw values of a kept night, the same ones each time, and work them out again from its rows."""
    schema = night_schema(day)
    known = indicators()
    drawn = connection.execute(
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
        try:
            with connection.transaction():
                connection.execute(sql.SQL("set local search_path = {}").format(sql.Identifier(schema)))
                found = values.values(connection, [known[name]], [values.point(kind, end, day)])
                again = next((row["value"] for row in found if (row["view"], row["figure"]) == (view, figure)), None)
        except (psycopg.Error, WarehouseError):
            pass  # what cannot be worked out again is not the same
        connection.execute(sql.SQL("set local search_path = {}").format(sql.Identifier(night_schema(night))))
        connection.execute(
            "insert into rerun_value values (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (day, name, view, kind, end, figure, value, again, again is not None and again == value),
        )
