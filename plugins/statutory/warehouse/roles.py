"""Who may read what: grants on the fixed schemas, and the views that analysts and readers of a night see.

Five roles without a login, made by a migration; people get a login and one of them. `statutory_owner` may all,
`statutory_loader` writes what a night writes, `statutory_identified` reads nights with names, `statutory_analyst` reads
nights through views without a name, `statutory_reader` the published totals alone.

Which columns are personal the contract says. A view has none of them but days of birth and death, cut to their month.
The ids of children are pseudonyms: one child has one pseudonym, in every table and every night of this warehouse.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from psycopg import sql

from statutory.sources import contract
from statutory.warehouse import builder
from statutory.warehouse.build import marts, set_aside
from statutory.warehouse.connection import Connection
from statutory.warehouse.nights import night_schema

ROLES = ("statutory_owner", "statutory_loader", "statutory_analyst", "statutory_identified", "statutory_reader")
_, LOADER, ANALYST, IDENTIFIED, READER = map(sql.Identifier, ROLES)
# Counts up to this are hidden from readers, with what is worked out from them.
SMALL = 5


def grant_fixed(connection: Connection) -> None:
    """Grants on the schemas that are there whatever the night; they can be given again."""
    connection.execute(
        """
        grant usage, create on schema history, ops, quality, published to statutory_owner;
        grant all on all tables in schema history, ops, quality to statutory_owner;
        grant usage on schema history, ops, quality to statutory_loader;
        grant select, insert, update, delete on all tables in schema history, ops, quality to statutory_loader;
        revoke insert, update, delete on ops.salt from statutory_loader;
        grant usage on all sequences in schema ops to statutory_loader;
        """
    )
    ((database,),) = connection.execute("select current_database()")
    connection.execute(
        sql.SQL(
            "grant create, temporary on database {0} to {1}, statutory_owner; grant temporary on database {0} to {2}"
        ).format(sql.Identifier(database), LOADER, sql.Identifier(builder.ROLE))
    )


def analyst_schema(night: date) -> str:
    """The schema of a night as analysts see it; table names are those of the night."""
    return f"{night_schema(night)}_analyst"


def open_night(connection: Connection, night: date) -> int:
    """Make the analysts' views of a built night and grant both kinds of reading; the number of views."""
    schema = sql.Identifier(night_schema(night))
    views = sql.Identifier(analyst_schema(night))
    if connection.execute("select to_regnamespace(%s)", (analyst_schema(night),)).fetchall()[0][0]:
        set_aside(connection, analyst_schema(night))
    connection.execute(sql.SQL("create schema {}").format(views))
    made = analyst_views(connection, night, analyst_schema(night))
    connection.execute(
        sql.SQL("grant usage on schema {} to {}; grant select on all tables in schema {} to {}").format(
            schema, IDENTIFIED, schema, IDENTIFIED
        )
    )
    return made


def analyst_views(connection: Connection, night: date, target: str) -> int:
    """Make a view without names on each relation of a night in the schema `target`, for analysts; their number."""
    relations = _relations(connection, night)
    headers = {mart.name: mart.header for mart in marts()}
    for name, columns, are_dates in relations:
        header = headers.get(name, {})
        shown = [
            found
            for column, is_date in zip(columns, are_dates, strict=True)
            if (found := _shown(name, column, is_date=is_date, header=header))
        ]
        connection.execute(
            sql.SQL("create view {} as select {} from {}").format(
                sql.Identifier(target, name), sql.SQL(", ").join(shown), sql.Identifier(night_schema(night), name)
            )
        )
    connection.execute(
        sql.SQL("grant usage on schema {0} to {1}; grant select on all tables in schema {0} to {1}").format(
            sql.Identifier(target), ANALYST
        )
    )
    return len(relations)


def reader_views(connection: Connection, night: date, target: str) -> None:
    """Make the totals of a night in the schema `target`, for readers: no team, no member, no small count."""
    small = sql.SQL(
        "numerator between 0.000001 and {0} or denominator between 0.000001 and {0}"
        " or denominator - numerator between 0.000001 and {0}"
    ).format(sql.Literal(SMALL))
    hidden = sql.SQL(", ").join(
        sql.SQL("case when not coalesce({}, false) then {} end as {}").format(small, column, column)
        for column in map(sql.Identifier, ("numerator", "denominator", "value"))
    )
    connection.execute(
        sql.SQL(
            "create view {} as select indicator_id, view, period_kind, period_start, period_end, as_at, {}, state,"
            " figure, coalesce({}, false) as is_hidden from {} where breakdown = 'whole'"
        ).format(
            sql.Identifier(target, "indicator_value"), hidden, small,
            sql.Identifier(night_schema(night), "indicator_value"),
        )
    )  # fmt: skip
    connection.execute(
        sql.SQL("grant usage on schema {0} to {1}; grant select on all tables in schema {0} to {1}").format(
            sql.Identifier(target), READER
        )
    )


def pseudonym(column: sql.Composable) -> sql.Composed:
    """The pseudonym that analysts see in the place of an identifier, worked out of a column of a query."""
    # The sub-select is worked out once a query, so a pseudonym costs one hash.
    return sql.SQL(
        "left(encode(sha256(convert_to((select salt.value from ops.salt) || {}, 'UTF8')), 'hex'), 16)"
    ).format(column)


def _relations(connection: Connection, night: date) -> list[tuple[str, list[str], list[bool]]]:
    return connection.execute(
        """
        select relation.relname, array_agg(attribute.attname order by attribute.attnum),
            array_agg(attribute.atttypid = 'date'::regtype order by attribute.attnum)
        from pg_class as relation
        inner join pg_attribute as attribute on attribute.attrelid = relation.oid and attribute.attnum > 0
        where relation.relnamespace = to_regnamespace(%s) and relation.relkind in ('r', 'v')
        group by relation.relname order by relation.relname
        """,
        (night_schema(night),),
    ).fetchall()


def _shown(table: str, column: str, *, is_date: bool, header: Mapping[str, Any]) -> sql.Composable | None:
    """How a column stands in an analyst's view; None where it does not.

    The header of a mart names columns that hold identifiers (`pseudonyms`) and that tell who it is (`personal`).
    """
    name = sql.Identifier(column)
    is_column = table in contract.tables() and column in contract.table(table).column_names
    known = contract.table(table).column(column) if is_column else None
    # The row key is of any table, so perhaps a child's id.
    if column == "row_key" or (known.personal if known else column in header.get("personal", ())):
        return _month(name) if is_date else None
    if known:
        child = ("ssd_person", "pers_person_id")
        return _pseudonym(name) if (table, column) == child or child in known.targets else name
    if column == "member_key":
        # The record counted: a child's id, an id made of several of which one may be a child's, or another record's.
        return sql.SQL(
            "case when member_key = child_id or member_key like '%/%' then {} else member_key end as {}"
        ).format(pseudonym(name), name)
    return _pseudonym(name) if column == "child_id" or column in header.get("pseudonyms", ()) else name


def _month(name: sql.Identifier) -> sql.Composed:
    return sql.SQL("date_trunc('month', {0})::date as {0}").format(name)


def _pseudonym(name: sql.Identifier) -> sql.Composed:
    return sql.SQL("{} as {}").format(pseudonym(name), name)
