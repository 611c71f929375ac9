"""Indicator values: any list of period points in one pass, in whole and by team; and what a night keeps of them."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from psycopg import errors, sql

from statutory.errors import WarehouseError
from statutory.indicators import members as member_sql
from statutory.indicators.definition import PERIOD_KINDS, Indicator
from statutory.warehouse.build import night_schema
from statutory.warehouse.connection import Connection

Point = tuple[str, date, date, date]  # period_kind, period_start, period_end, as_at
MONTHS = 36
NO_SOURCE = "no source"

# What a night keeps of its indicators, and the grain of each.
RESULT_RELATIONS = {
    "indicator_value": "one row per indicator, view, period, team or whole, and figure: parts, state, value",
    "indicator_member": "one row per indicator, view, period that ends on the night and record counted",
    "indicator_open": "one row per indicator with a clock and record past its target or due next",
}
RESULTS = """
create table indicator_value (
    indicator_id text not null,
    view text not null,
    period_kind text not null,
    period_start date not null,
    period_end date not null,
    as_at date not null,
    team_id text,
    is_whole boolean not null,
    numerator numeric,
    denominator numeric,
    state text,
    figure text not null,
    value numeric,
    unique nulls not distinct (indicator_id, view, period_kind, period_end, is_whole, team_id, figure)
);
create table indicator_member (
    indicator_id text not null,
    view text not null,
    period_kind text not null,
    period_end date not null,
    member_key text not null,
    child_id text,
    worker_id text,
    team_id text,
    numerator numeric,
    denominator numeric,
    measure numeric,
    due_date date,
    band text,
    primary key (indicator_id, view, period_kind, period_end, member_key)
);
create table indicator_open (
    indicator_id text not null,
    member_key text not null,
    child_id text,
    team_id text,
    start_date date not null,
    due_date date not null,
    is_past_target boolean not null,
    over numeric,
    primary key (indicator_id, member_key)
);
"""


def point(kind: str, period_end: date, night: date) -> Point:
    """One point of a series; its first day is by convention K09, six months with both ends included."""
    start = {
        "snapshot": period_end,
        "month": period_end.replace(day=1),
        "quarter": (period_end - relativedelta(months=2)).replace(day=1),
        "six_months": period_end - relativedelta(months=6),
        "year": period_end - relativedelta(months=12) + timedelta(days=1),
        "three_years": period_end - relativedelta(months=36) + timedelta(days=1),
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
    """One row per indicator, view, point, figure and, where asked, team; the search path says of which night.

    A point of a kind that an indicator does not have is left out for it. `value` is null where nothing can be divided,
    and with the state "no source" where the council does not supply what the indicator needs.
    """
    rows: list[dict[str, Any]] = []
    points = list(points)
    for indicator in indicators:
        if not _fill_period(connection, indicator, points):
            continue
        for view in indicator.views:
            gather(connection, indicator, view)
            found = connection.execute(
                _figures(indicator)
                + sql.SQL(
                    "where is_whole or (%s and members > 0)"
                    " order by period_kind, period_end, not is_whole, team_id, figure.number"
                ),
                (by_team and "team" in indicator.by,),
            )
            rows += [_row(indicator, view, *row) for row in found]
    return rows


def keep(connection: Connection, indicators: Iterable[Indicator], night: date) -> int:
    """Write a night's results into its schema; the rows of `indicator_value`.

    Values of 36 monthly points in whole and by team; the members of the newest point of each kind; what each clock
    leaves open. The transaction's search path is on the night.
    """
    connection.execute(RESULTS)
    points = [point(kind, end, night) for kind in PERIOD_KINDS for end in month_ends(night)]
    for indicator in indicators:
        _fill_period(connection, indicator, points)
        for view in indicator.views:
            gather(connection, indicator, view)
            connection.execute(
                sql.SQL("insert into indicator_value select {}, {}, found.* from (").format(
                    sql.Literal(indicator.id), sql.Literal(view)
                )
                + _figures(indicator)
                + sql.SQL("where is_whole or ({} and members > 0)) as found").format(
                    sql.Literal("team" in indicator.by)
                )
            )
            connection.execute(
                sql.SQL("insert into indicator_member select {}, {} from pg_temp.member where period_end = {}").format(
                    sql.Literal(indicator.id),
                    sql.SQL(", ").join(map(sql.Identifier, member_sql.COLUMNS)),
                    sql.Literal(night),
                )
            )
        if indicator.unit and supplied(connection, indicator):
            connection.execute(
                "delete from period where period_kind <> %s or period_end <> %s", (indicator.periods[0], night)
            )
            _run(
                connection,
                indicator,
                f"""
                insert into indicator_open
                select '{indicator.id}', member_key, child_id, team_id, start_date, due_date, is_past_target, over
                from ({member_sql.open_items(indicator)}) as item
                """,
            )
    connection.execute("analyze indicator_value; analyze indicator_member; analyze indicator_open")
    return int(connection.execute("select count(*) from indicator_value").fetchall()[0][0])


def gather(connection: Connection, indicator: Indicator, view: str) -> None:
    """Fill the temporary table `member` with one view's members over the relation `period`; empty without a source."""
    connection.execute("drop table if exists pg_temp.member")
    none = "" if supplied(connection, indicator) else " limit 0"
    _run(
        connection, indicator, f"create temp table member on commit drop as {member_sql.members(indicator, view)}{none}"
    )


def supplied(connection: Connection, indicator: Indicator) -> bool:
    """Whether the council supplies every table that the indicator needs."""
    absent = connection.execute(
        "select 1 from source_table where table_name = any(%s) and not is_supplied", (list(indicator.needs),)
    )
    return absent.fetchone() is None


def _run(connection: Connection, indicator: Indicator, statement: str) -> None:
    try:
        connection.execute(sql.SQL(statement))
    except errors.Error as error:
        # The server's text may show a value; its code and the file are enough to look.
        raise WarehouseError(f"{indicator.file.label} failed in PostgreSQL with {error.sqlstate}") from None


def _fill_period(connection: Connection, indicator: Indicator, points: list[Point]) -> int:
    connection.execute("drop table if exists pg_temp.period")
    connection.execute(
        "create temp table period (period_kind text, period_start date, period_end date, as_at date) on commit drop"
    )
    asked = [p for p in points if p[0] in indicator.periods]
    with connection.cursor() as cursor:
        cursor.executemany("insert into pg_temp.period values (%s, %s, %s, %s)", asked)
    connection.execute("analyze pg_temp.period")
    return len(asked)


def _figures(indicator: Indicator) -> sql.Composed:
    """Over `period` and `member`: a row per point and figure in whole, also where nobody is, and one per team."""
    named = list(indicator.figures.items())
    worked_out = ", ".join(f"{expression} as figure_{n}" for n, (_, expression) in enumerate(named))
    turned = ", ".join(f"({n}, '{name}', figure_{n})" for n, (name, _) in enumerate(named))
    needs = ", ".join(f"'{name}'" for name in indicator.needs)
    return sql.Composed(
        [
            sql.SQL(
                f"""
        select period_kind, period_start, period_end, as_at, team_id, is_whole, numerator, denominator,
            case when is_absent then '{NO_SOURCE}' end as state,
            figure.name as figure,
            case when not is_absent then figure.value end as value
        from (
            select period.period_kind, period.period_start, period.period_end, period.as_at, member.team_id,
                grouping(member.team_id) = 1 as is_whole,
                sum(member.numerator) as numerator, sum(member.denominator) as denominator,
                {worked_out}, absent.is_absent, count(member.member_key) as members
            from period
            left join member on member.period_kind = period.period_kind and member.period_end = period.period_end
            cross join (
                select coalesce(bool_or(not source_table.is_supplied), false) as is_absent
                from source_table
                where source_table.table_name = any(array[{needs}])
            ) as absent
            group by
                period.period_kind, period.period_start, period.period_end, period.as_at, absent.is_absent,
                grouping sets ((), (member.team_id))
        ) as pointed
        cross join lateral (values {turned}) as figure (number, name, value)
        """
            )
        ]
    )


def _row(indicator: Indicator, view: str, *found: Any) -> dict[str, Any]:
    kind, start, end, as_at, team, is_whole, numerator, denominator, state, figure, value = found
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
        "figure": figure,
        "value": plain(value),
        "state": state,
    }


def plain(value: Decimal | None) -> Decimal | None:
    """The number without trailing zeros, so that 1.000000 and 1 read alike."""
    return None if value is None else value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()
