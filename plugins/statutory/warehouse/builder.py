"""Run the SQL of files, ours and the council's, as a role that can read only the night.

`statutory_builder` has no login. It reads the schemas that are shown to it and the tables of its session, and makes
tables there; neither `ops`, `history` and what landed, nor files and programs of the server. Its statement goes by the
extended protocol, which takes one statement alone.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

import psycopg
from psycopg import sql

from statutory.errors import SqlFileError
from statutory.sqlfile import SqlFile
from statutory.warehouse.connection import Connection

ROLE = "statutory_builder"
_ROLE = sql.Identifier(ROLE)

# A login that may make roles is not always a member of the roles it makes.
_MAKE = """
do $$ begin
    if not exists (select 1 from pg_roles where rolname = 'statutory_builder') then
        create role statutory_builder nologin;
    end if;
    if not pg_has_role(current_user, 'statutory_builder', 'set') then
        execute format('grant statutory_builder to %I with inherit true, set true', current_user);
    end if;
exception when duplicate_object or unique_violation then null; -- another process was quicker
end $$
"""
_TEMPORARY = """
select relname from pg_class where relnamespace = pg_my_temp_schema() and relkind in ('r', 'v')
and not has_table_privilege('statutory_builder', oid, 'select')
"""


def make_role(connection: Connection) -> None:
    """Make the role when it is not there and show it the nights that stand; InsufficientPrivilege where none may."""
    connection.execute(_MAKE)
    for (schema,) in connection.execute(
        "select nspname from pg_namespace where nspname ~ '^night_[0-9]{4}_[0-9]{2}_[0-9]{2}(_[a-z]+_[0-9]+)?$'"
        " and not has_schema_privilege('statutory_builder', nspname, 'create')"
    ).fetchall():
        show(connection, schema)


def show(connection: Connection, schema: str) -> None:
    """Let the role read all that stands in a schema, and make tables in it."""
    connection.execute(
        sql.SQL("grant usage, create on schema {0} to {1}; grant select on all tables in schema {0} to {1}").format(
            sql.Identifier(schema), _ROLE
        )
    )


def run(connection: Connection, file: SqlFile, statement: sql.Composed) -> int:
    """Run a statement around the select of a file as the role; the number of its rows.

    Raises:
        SqlFileError: the select calls a volatile function.
        psycopg.Error: PostgreSQL refuses it; its text may hold a value.
    """
    refuse(file, volatile(connection, file.calls))
    lend(connection)
    return attempt(connection, statement)


def volatile(connection: Connection, calls: Iterable[str]) -> frozenset[str]:
    """Those of some functions that are volatile."""
    found = connection.execute(
        "select proname from pg_proc where provolatile = 'v' and proname = any(%s)", (list(calls),)
    )
    return frozenset(name for (name,) in found)


def refuse(file: SqlFile, functions: AbstractSet[str]) -> None:
    """Raise SqlFileError where a file calls one of the functions."""
    if called := sorted(file.calls & functions):
        raise SqlFileError(
            f"{file.label} calls {', '.join(called)}: a select of a night must give the same rows each time"
        )


def lend(connection: Connection) -> None:
    """Let the role read the tables of the session."""
    temporary = [sql.Identifier("pg_temp", name) for (name,) in connection.execute(_TEMPORARY)]
    if temporary:
        connection.execute(sql.SQL("grant select on {} to {}").format(sql.SQL(", ").join(temporary), _ROLE))


def attempt(connection: Connection, statement: sql.Composed) -> int:
    """Run a statement as the role; the number of its rows. On psycopg.Error everything is as before."""
    started = connection.execute(
        f"savepoint attempt; select current_setting('role'), set_config('role', '{ROLE}', true)"
    )
    started.nextset()
    ((before, _),) = started.fetchall()
    try:
        rows = connection.execute(statement, binary=True).rowcount  # which takes the extended protocol
    except psycopg.Error:
        connection.execute("rollback to savepoint attempt; release savepoint attempt")
        raise
    connection.execute(
        sql.SQL("select set_config('role', {}, true); release savepoint attempt").format(sql.Literal(before))
    )
    return rows


def own(connection: Connection, table: sql.Identifier) -> None:
    """Take a table that the role made over, so that it reads it from now on and no more."""
    connection.execute(
        sql.SQL("alter table {0} owner to current_user; grant select on {0} to {1}").format(table, _ROLE)
    )


def made_of(file: SqlFile) -> sql.Composed:
    """The select of a file where a table stands, so that PostgreSQL refuses in it whatever writes."""
    return sql.SQL("(\n") + sql.SQL(file.select) + sql.SQL("\n)")
