"""The scratch database: rows from outside a warehouse go through the same typing, marts and SQL as a night.

Its schemas are made once, and again when a file changed. What is written into them is never committed.
"""

import contextlib
import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from psycopg import sql

from statutory.paths import SQL
from statutory.postgres import use
from statutory.settings import Council
from statutory.sources import canonical, contract
from statutory.sources.contract import Table
from statutory.sources.reading import cleaned
from statutory.warehouse import build, builder, connection

# What rules of returns read beside the rows they are asked of.
REFERENCE = ("authority", "calendar_day", "code", "translation")
# Truncating takes as long as many deletes of a few rows.
_EMPTY = """
select string_agg(
    case when pg_relation_size(oid) < 1000000 then 'delete from ' else 'truncate ' end || oid::regclass, '; '
)
from pg_class where relnamespace = pg_my_temp_schema() and relkind = 'r'
"""


@contextlib.contextmanager
def connected(council: Council, shared: connection.Connection | None = None) -> Iterator[connection.Connection]:
    """A connection to the scratch database, closed where it is not the shared one; what was written is rolled back."""
    opened = shared or connection.reach(council, "scratch")
    try:
        yield opened
    finally:
        opened.rollback()
        if shared is None:
            opened.close()


def keep(opened: connection.Connection) -> None:
    """Empty the tables of the session and commit, so that the next transaction has them."""
    ((empty,),) = opened.execute(_EMPTY).fetchall()
    opened.execute(empty)
    opened.commit()


def reference(opened: connection.Connection) -> None:
    """Let the search path of the transaction show the reference tables alone, as the files now are."""
    paths = [SQL / "ref" / name for name in ("authority.csv", "calendar_day.csv", "code_list.csv")]
    show(opened, "reference", paths, lambda: fill_reference(opened, REFERENCE))


def show(
    opened: connection.Connection, kind: str, paths: Iterable[Path], fill: Callable[[], None], *known: str
) -> None:
    """Set the search path on a schema that rests on files; make it first where the files changed."""
    digest = hashlib.sha256("".join(known).encode())
    for path in (contract.HERE / "columns.csv", *paths):
        digest.update(_content(path.name, path.stat().st_mtime_ns, path.read_bytes))
    schema = f"{kind}_{digest.hexdigest()[:16]}"
    there = "select 1 from pg_namespace where nspname = %s"
    if not opened.execute(there, (schema,)).fetchone():
        opened.execute("select pg_advisory_xact_lock(hashtext(%s))", (schema,))  # another may be making it
        try:
            if not opened.execute(there, (schema,)).fetchone():
                opened.execute(sql.SQL("create schema {}").format(sql.Identifier(schema)))
                use(opened, schema)
                fill()
                builder.make_role(opened)
                builder.show(opened, schema)
        except BaseException:
            opened.rollback()
            raise
        opened.commit()
    use(opened, schema)


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


_CONTENTS: dict[tuple[str, int], bytes] = {}


def _content(name: str, changed: int, read: Any) -> bytes:
    if (name, changed) not in _CONTENTS:
        _CONTENTS[name, changed] = hashlib.sha256(read()).digest()
    return _CONTENTS[name, changed]


def fill_reference(opened: connection.Connection, names: Iterable[str]) -> None:
    """Make source tables, with the rows that the product ships, and the code lists."""
    for table in contract.tables().values():
        if table.name not in names:
            continue
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
    build.fill_codes(opened)
    opened.execute("analyze authority, calendar_day, code, translation")
