"""Ask an indicator about rows that are in no warehouse: worked examples, tests, a what-if.

The rows go through the same typing, marts, SQL and runner as a night. They are written into a scratch database inside a
transaction that is always rolled back; the scratch schema itself is made once and again when a file changed.
"""

import csv
import functools
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import psycopg
from psycopg import sql

from statutory.errors import StatutoryError
from statutory.indicators import definition
from statutory.indicators import members as member_sql
from statutory.paths import SQL
from statutory.sources import contract
from statutory.sources.contract import Table
from statutory.sqlfile import SqlFile
from statutory.warehouse import build, coerce, connection

VIEW_NAMES = {"A": "finished", "B": "due"}


@dataclass(frozen=True)
class Evaluation:
    """The answer: one row per member, and the figures over them. `state` is None or why there is no value."""

    members: pd.DataFrame
    value: Decimal | None
    values: dict[str, Decimal | None]
    numerator: Decimal | None
    denominator: Decimal | None
    state: str | None


def evaluate(
    indicator: str,
    rows: Mapping[str, Mapping[str, Sequence[Any]]],
    period_end: date,
    *,
    period_start: date | None = None,
    known_on: date | None = None,
    view: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    unsupplied: Sequence[str] = (),
) -> Evaluation:
    """The value and members of one indicator over the given rows.

    Args:
        indicator: the id, such as T03.
        rows: by table of the contract, `columns` and `rows` of text; what the product ships applies where not given.
        period_end: the last day of the period, or the day of a snapshot.
        period_start: its first day; for a snapshot the same day.
        known_on: the night; `period_end` when not given. The as-at date is the earlier of the two.
        view: A (finished) or B (due); an indicator with another cohort ignores it.
        parameters: local parameters to set for all dates.
        unsupplied: tables the council does not supply; one that the indicator needs gives the state "no source".

    Raises:
        StatutoryError: no such indicator, table or column.
    """
    try:
        asked = definition.indicators()[indicator]
    except KeyError:
        raise StatutoryError(f"there is no indicator {indicator}") from None
    wanted = VIEW_NAMES.get(view or "", "")
    view_name = wanted if wanted in asked.views else asked.views[0]
    if set(asked.needs) & set(unsupplied):
        return Evaluation(pd.DataFrame(columns=list(_MEMBER_COLUMNS)), None, {}, None, None, "no source")
    scratch = _scratch()
    try:
        for name, given in rows.items():
            _write(scratch, contract.table(name), list(given["columns"]), [list(r) for r in given["rows"]])
        for name, setting in (parameters or {}).items():
            scratch.execute("delete from local_parameter where name = %s", (name,))
            scratch.execute(
                "insert into local_parameter (name, valid_from, value) values (%s, '1900-01-01', %s)",
                (name, str(setting)),
            )
        scratch.execute("delete from period")
        scratch.execute(
            "insert into period (period_kind, period_start, period_end, as_at) values ('asked', %s, %s, %s)",
            (period_start or period_end, period_end, min(period_end, known_on or period_end)),
        )
        select = member_sql.members(asked, view_name)
        scratch.execute(sql.SQL("create temp table member on commit drop as " + select))
        found = scratch.execute(
            "select member_key, numerator, measure, due_date from member order by member_key"
        ).fetchall()
        expressions = ", ".join(expression for _, expression in member_sql.figures(asked))
        numerator, denominator, *found_figures = scratch.execute(
            f"select sum(numerator), sum(denominator), {expressions} from member"
        ).fetchall()[0]
    finally:
        scratch.rollback()
    frame = pd.DataFrame(
        [(key, bool(numerator), measure, due) for key, numerator, measure, due in found], columns=list(_MEMBER_COLUMNS)
    )
    figures = dict(zip(asked.figures, found_figures, strict=True))
    return Evaluation(frame, found_figures[0], figures, numerator, denominator, None)


_MEMBER_COLUMNS = ("member_key", "in_numerator", "measure", "due_date")


def _write(scratch: connection.Connection, table: Table, columns: list[str], rows: list[list[Any]]) -> None:
    for column in columns:
        table.column(column)
    if table.shipped:
        scratch.execute(sql.SQL("delete from {}").format(sql.Identifier(table.name)))
    if not rows:
        return
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    typed = sql.SQL(", ".join(coerce.typed(table.column(c)) for c in columns))
    scratch.execute(
        sql.SQL("insert into {} ({}) select {} from unnest({}) as landed ({})").format(
            sql.Identifier(table.name), names, typed, sql.SQL(", ").join([sql.SQL("%s::text[]")] * len(columns)), names
        ),
        [[None if row[i] is None else str(row[i]) for row in rows] for i in range(len(columns))],
    )


@functools.cache
def _opened() -> connection.Connection:
    opened = psycopg.connect(connection.url("scratch"))
    opened.execute("set time zone 'Europe/London'")
    opened.commit()
    return opened


def _scratch() -> connection.Connection:
    """The connection, its search path on a scratch schema that is as the files now are."""
    opened = _opened()
    marts = build.marts()
    schema = "scratch_" + _fingerprint(marts)
    if not opened.execute("select 1 from pg_namespace where nspname = %s", (schema,)).fetchone():
        try:
            opened.execute(sql.SQL("create schema {0}; set local search_path = {0}").format(sql.Identifier(schema)))
            _fill(opened, marts)
        except BaseException:
            opened.rollback()
            raise
        opened.commit()
    opened.execute(sql.SQL("set local search_path = {}").format(sql.Identifier(schema)))
    return opened


def _fingerprint(marts: list[SqlFile]) -> str:
    digest = hashlib.sha256("".join(mart.sha256 for mart in marts).encode())
    for path in (contract.HERE / "columns.csv", *sorted((SQL / "ref").glob("*.csv"))):
        digest.update(_content(path.name, path.stat().st_mtime_ns, path.read_bytes))
    return digest.hexdigest()[:16]


_CONTENTS: dict[tuple[str, int], bytes] = {}


def _content(name: str, changed: int, read: Any) -> bytes:
    if (name, changed) not in _CONTENTS:
        _CONTENTS[name, changed] = hashlib.sha256(read()).digest()
    return _CONTENTS[name, changed]


def _fill(opened: connection.Connection, marts: list[SqlFile]) -> None:
    for table in contract.tables().values():
        columns = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(c.name), sql.SQL(c.sql_type)) for c in table.columns
        )
        opened.execute(sql.SQL("create table {} ({})").format(sql.Identifier(table.name), columns))
        seed = SQL / "ref" / f"{table.name}.csv"
        if table.shipped and seed.exists():
            with seed.open(encoding="utf-8", newline="") as file:
                header, *rows = list(csv.reader(file))
            _write(opened, table, header, [[value or None for value in row] for row in rows])
    opened.execute("create unique index on calendar_day (day); create index on calendar_day (working_day_no)")
    opened.execute("create table period (period_kind text, period_start date, period_end date, as_at date)")
    build.fill_code_alias(opened)
    build.fill_shipped_parameter(opened)
    for mart in marts:
        named = sql.SQL("create view {} as ").format(sql.Identifier(mart.name))
        opened.execute(named + sql.SQL(mart.select))
    opened.execute("analyze")
