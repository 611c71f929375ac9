"""Comments on the tables and columns of a night, so that psql and other tools show what each means.

The texts come from the headers of marts, from the contract, and from `sql/ref/night_table.csv` for the tables that the
runners make. Tables have the same names for every reader, so the same comments go on every schema that shows a night.
"""

import csv
from collections.abc import Collection, Iterable

from psycopg import sql

from statutory.night import Night
from statutory.paths import SQL
from statutory.sources import contract
from statutory.sqlfile import SqlFile
from statutory.warehouse.build import marts

AS_WRITTEN = "Original text of each column whose canonical form differs, as an object by column; null if none does"


def texts(marts: Iterable[SqlFile]) -> dict[str, dict[str, str]]:
    """The text of each table, under the empty name, and of its columns."""
    found: dict[str, dict[str, str]] = {}
    with (SQL / "ref" / "night_table.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["table"], {})[row["column"]] = row["description"]
    for table in contract.tables().values():
        columns = {column.name: column.description for column in table.columns if column.description}
        found[table.name] = {"": table.grain, **columns, contract.AS_WRITTEN: AS_WRITTEN}
    for mart in marts:
        found[mart.name] = {"": f"{mart.header['title']}: {mart.header['grain']}", **mart.described}
    return found


def write(night: Night, schema: str, *, only: Collection[str] = (), is_public: bool = False) -> int:
    """Comment on the tables, views and columns of a schema that shows a night, or on some; the number of comments.

    Tables get theirs in the transaction that makes them: later, autovacuum may wait for one and be waited for.

    Args:
        night: the night, whose transaction takes the comments.
        schema: the schema that shows it.
        only: the tables to comment on; all if empty.
        is_public: for readers, the table of public values has the name of the whole one.
    """
    known = texts(marts(night.council.local))
    if is_public:
        known["indicator_value"] = known["public_value"]
    there = night.connection.execute(
        """
        select relation.relname, relation.relkind = 'v', array_agg(attribute.attname::text order by attribute.attnum)
        from pg_class as relation
        inner join pg_attribute as attribute on attribute.attrelid = relation.oid and attribute.attnum > 0
        where relation.relnamespace = to_regnamespace(%s) and relation.relkind in ('r', 'v')
        and not attribute.attisdropped
        group by relation.relname, relation.relkind order by relation.relname
        """,
        (schema,),
    ).fetchall()
    statements = [
        sql.SQL("comment on {} {} is {}").format(
            sql.SQL("column" if column else "view" if is_view else "table"),
            sql.Identifier(schema, name, column) if column else sql.Identifier(schema, name),
            sql.Literal(known[name][column]),
        )
        for name, is_view, columns in there
        if not only or name in only
        for column in ("", *columns)
        if column in known.get(name, {})
    ]
    if statements:
        night.connection.execute(sql.SQL("; ").join(statements))
    return len(statements)
