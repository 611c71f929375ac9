"""The scratch database: rows that are in no warehouse go through the same typing, marts and SQL as a night.

Its schema is made once, and again when a file changed. What is written into it stands in a transaction that is always
rolled back; the process keeps one connection.
"""

import csv
import functools
import hashlib
from pathlib import Path
from typing import Any

from psycopg import sql

from statutory.linkage import suggestion
from statutory.paths import SQL
from statutory.sources import canonical, contract
from statutory.sources.contract import Table
from statutory.sources.reading import cleaned
from statutory.sqlfile import SqlFile
from statutory.warehouse import build, builder, connection, data_quality, known_before


def ready() -> connection.Connection:
    """The connection in a transaction, its search path on a scratch schema that is as the files now are.

    The caller rolls back.
    """
    opened = _opened()
    marts = build.marts()
    schema = "scratch_" + _fingerprint(marts)
    if not opened.execute("select 1 from pg_namespace where nspname = %s", (schema,)).fetchone():
        try:
            opened.execute(sql.SQL("create schema {0}; set local search_path = {0}").format(sql.Identifier(schema)))
            _fill(opened, marts)
            builder.make_role(opened)
            builder.show(opened, schema)
        except BaseException:
            opened.rollback()
            raise
        opened.commit()
    opened.execute(sql.SQL("set local search_path = {}").format(sql.Identifier(schema)))
    return opened


def write(opened: connection.Connection, table: Table, columns: list[str], rows: list[list[Any]]) -> None:
    """Put rows of text into a source table; in a table that the product ships, in the place of its own rows."""
    known = [table.column(column) for column in columns]
    if table.shipped:
        opened.execute(sql.SQL("delete from {}").format(sql.Identifier(table.name)))
    if not rows:
        return
    names = sql.SQL(", ").join(sql.Identifier(column.name) for column in known)
    typed = sql.SQL(", ".join(map(canonical.typed, known)))
    opened.execute(
        sql.SQL("insert into {} ({}) select {} from unnest({}) as landed ({})").format(
            sql.Identifier(table.name), names, typed, sql.SQL(", ").join([sql.SQL("%s::text[]")] * len(columns)), names
        ),
        [[None if row[i] is None else cleaned(str(row[i])) for row in rows] for i in range(len(columns))],
    )


@functools.cache
def _opened() -> connection.Connection:
    return connection.reach("scratch")


def _fingerprint(marts: list[SqlFile]) -> str:
    digest = hashlib.sha256("".join(mart.sha256 for mart in marts).encode())
    modules = (Path(str(module.__file__)) for module in (builder, data_quality, known_before))
    for path in (contract.HERE / "columns.csv", *modules, *sorted((SQL / "ref").glob("*.csv"))):
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
            write(opened, table, header, [[value or None for value in row] for row in rows])
    opened.execute("create unique index on calendar_day (day); create index on calendar_day (working_day_no)")
    opened.execute("create table period (period_kind text, period_start date, period_end date, as_at date)")
    build.fill_codes(opened)
    build.fill_shipped_parameter(opened)
    suggestion.make(opened)
    opened.execute(build.SOURCE_TABLE)
    data_quality.views(opened, marts)
    opened.execute(known_before.TABLES)  # of the nights before it knows nothing
    for mart in marts:
        named = sql.SQL("create view {} as ").format(sql.Identifier(mart.name))
        opened.execute(named + sql.SQL(mart.select))
    opened.execute("analyze")
