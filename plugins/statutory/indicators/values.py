"""Indicator values of a night: any list of period points in one pass, in whole and by team."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from psycopg import errors, sql

from statutory.errors import WarehouseError
from statutory.indicators import members as member_sql
from statutory.indicators.definition import Indicator
from statutory.warehouse.build import night_schema
from statutory.warehouse.connection import Connection

Point = tuple[str, date, date, date]  # period_kind, period_start, period_end, as_at
MONTHS = 36


def point(kind: str, period_end: date, night: date) -> Point:
    """One point of a series; its first day is by convention K09, six months with both ends included."""
    start = {
        "snapshot": period_end,
        "month": period_end.replace(day=1),
        "quarter": (period_end - relativedelta(months=2)).replace(day=1),
        "six_months": period_end - relativedelta(months=6),
        "year": period_end - relativedelta(months=12) + timedelta(days=1),
    }[kind]
    return kind, start, period_end, min(period_end, night)


def month_ends(last: date, months: int = MONTHS) -> list[date]:
    """The given day and the month ends before it, oldest first; `months` of them in all."""
    first_of_month = last.replace(day=1)
    return [first_of_month - relativedelta(months=n) - timedelta(days=1) for n in range(months - 2, -1, -1)] + [last]


def pin(connection: Connection, night: date) -> None:
    """Let table names mean one night for the rest of the transaction; WarehouseError when it is not built."""
    if not connection.execute("select 1 from pg_namespace where nspname = %s", (night_schema(night),)).fetchone():
        raise WarehouseError(f"the night {night} is not built: run `statutory build --night {night}`")
    connection.execute(sql.SQL("set local search_path = {}").format(sql.Identifier(night_schema(night))))


def values(
    connection: Connection, indicators: Iterable[Indicator], points: Iterable[Point], *, by_team: bool = False
) -> list[dict[str, Any]]:
    """One row per indicator, view, point and, where asked, team; the transaction's search path says which night.

    A point of a kind that an indicator does not have is left out for it. `value` is null where nothing can be divided.
    """
    points = list(points)
    rows: list[dict[str, Any]] = []
    connection.execute("drop table if exists pg_temp.period")
    connection.execute(
        "create temp table period (period_kind text, period_start date, period_end date, as_at date) on commit drop"
    )
    for indicator in indicators:
        asked = [p for p in points if p[0] in indicator.periods]
        connection.execute("delete from pg_temp.period")
        with connection.cursor() as cursor:
            cursor.executemany("insert into pg_temp.period values (%s, %s, %s, %s)", asked)
        for view in indicator.views:
            try:
                found = connection.execute(
                    _statement(indicator, view), (by_team and "team" in indicator.by,)
                ).fetchall()
            except errors.Error as error:
                # The server's text may show a value; its code and the file are enough to look.
                raise WarehouseError(f"{indicator.file.label} failed in PostgreSQL with {error.sqlstate}") from None
            rows += [_row(indicator, view, *row) for row in found]
    return rows


def _statement(indicator: Indicator, view: str) -> sql.SQL:
    return sql.SQL(
        f"""
        with member as materialized ({member_sql.members(indicator, view)})
        select period.period_kind, period.period_start, period.period_end, period.as_at,
            figure.is_whole, figure.team_id, figure.numerator, figure.denominator, figure.value
        from pg_temp.period
        cross join lateral (
            select grouping(team_id) = 1 as is_whole, team_id, sum(numerator) as numerator,
                sum(denominator) as denominator, {member_sql.value(indicator)} as value
            from member
            where member.period_kind = period.period_kind and member.period_end = period.period_end
            group by grouping sets ((), (team_id))
        ) as figure
        where figure.is_whole or %s
        order by period.period_kind, period.period_end, figure.is_whole desc, figure.team_id
        """
    )


def _row(indicator: Indicator, view: str, *found: Any) -> dict[str, Any]:
    kind, start, end, as_at, is_whole, team, numerator, denominator, value = found
    return {
        "indicator": indicator.id,
        "title": indicator.title,
        "view": view,
        "period_kind": kind,
        "period_start": start,
        "period_end": end,
        "as_at": as_at,
        "team_id": None if is_whole else team or "",
        "numerator": plain(numerator),
        "denominator": plain(denominator),
        "value": plain(value),
    }


def plain(value: Decimal | None) -> Decimal | None:
    """The number without trailing zeros, so that 1.000000 and 1 read alike."""
    return None if value is None else value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()
