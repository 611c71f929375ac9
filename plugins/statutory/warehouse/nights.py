"""The nights in the warehouse, one schema each. A schema is removed by renaming, which waits for nobody.

It is dropped later, when no reader uses it and no published view depends on it; running queries continue until then.
"""

from datetime import date

from psycopg import errors, sql

from statutory.warehouse.connection import Connection

# Earlier versions set the published night aside without a number.
ASIDE = "_old(_[0-9]+)?$"


def built_nights(connection: Connection) -> list[date]:
    """The nights whose schema stands, oldest first."""
    found = connection.execute(r"select nspname from pg_namespace where nspname ~ '^night_\d{4}_\d\d_\d\d$'")
    return sorted(date(*map(int, name.split("_")[1:])) for (name,) in found)


def set_aside(connection: Connection, schema: str) -> None:
    """Rename a schema that is there, for `drop_aside` to drop; it waits for no reader."""
    ((moment,),) = connection.execute("select (extract(epoch from clock_timestamp()) * 1000000)::bigint")
    connection.execute(
        sql.SQL("alter schema {} rename to {}").format(sql.Identifier(schema), sql.Identifier(f"{schema}_old_{moment}"))
    )


def drop_aside(connection: Connection) -> None:
    """Drop the schemas that were set aside, each in a transaction; what a reader holds stays for the next time.

    So does what views of a schema in use rest on: a night built again stays shown until it is published.
    """
    connection.commit()
    left = connection.execute(
        "select nspname from pg_namespace where nspname ~ ('^(published|night|landing).*' || %s) order by nspname desc",
        (ASIDE,),
    ).fetchall()
    for (schema,) in left:
        try:
            if not _is_in_use(connection, schema):
                connection.execute("set local lock_timeout = '200ms'")
                connection.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(schema)))
            connection.commit()
        except errors.LockNotAvailable:
            connection.rollback()


def _is_in_use(connection: Connection, schema: str) -> bool:
    ((found,),) = connection.execute(
        """
        select exists (
            select from pg_depend as rests
            inner join pg_rewrite as rule on rule.oid = rests.objid and rests.classid = 'pg_rewrite'::regclass
            inner join pg_class as shown on shown.oid = rule.ev_class
            inner join pg_namespace as place on place.oid = shown.relnamespace
            inner join pg_class as relation
                on relation.oid = rests.refobjid and rests.refclassid = 'pg_class'::regclass
            inner join pg_namespace as old on old.oid = relation.relnamespace
            where old.nspname = %s and place.nspname !~ %s
        )
        """,
        (schema, ASIDE),
    )
    return bool(found)
