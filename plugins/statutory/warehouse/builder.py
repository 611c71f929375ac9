"""Run the SQL of files, ours and the council's own, as a role that reads what a night shows and nothing beside it.

`statutory_builder` has no login. It reads the schemas that are shown to it and the tables of its session, and makes
tables there; neither `ops`, `history` and what landed, nor files and programs of the server. Its statement goes by the
extended protocol, which takes one statement alone.
"""

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
select current_setting('role'), array_agg(relname::text) filter (where not is_shown)
from (
    select relname, has_table_privilege('statutory_builder', oid, 'select') as is_shown
    from pg_class where relnamespace = pg_my_temp_schema() and relkind in ('r', 'v')
) as temporary
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

    The connection is in a transaction, which the caller rolls back where PostgreSQL refuses the statement.

    Raises:
        SqlFileError: the select calls what may give another answer each time, or do something.
        psycopg.Error: PostgreSQL refuses it; its text may hold a value.
    """
    volatile = connection.execute(
        "select distinct proname from pg_proc where provolatile = 'v' and proname = any(%s) order by proname",
        (sorted(file.calls),),
    ).fetchall()
    if volatile:
        names = ", ".join(name for (name,) in volatile)
        raise SqlFileError(f"{file.label} calls {names}: a select of a night must give the same rows each time")
    ((before, temporary),) = connection.execute(_TEMPORARY).fetchall()
    if temporary:
        connection.execute(
            sql.SQL("grant select on {} to {}").format(
                sql.SQL(", ").join(sql.Identifier("pg_temp", name) for name in temporary), _ROLE
            )
        )
    connection.execute(sql.SQL("set local role {}").format(_ROLE))
    rows = connection.execute(statement, binary=True).rowcount  # which takes the extended protocol
    connection.execute("select set_config('role', %s, true)", (before,))
    return rows


def own(connection: Connection, table: sql.Identifier) -> None:
    """Take a table that the role made over, so that it reads it from now on and no more."""
    connection.execute(
        sql.SQL("alter table {0} owner to current_user; grant select on {0} to {1}").format(table, _ROLE)
    )


def made_of(file: SqlFile) -> sql.Composed:
    """The select of a file where a table stands, so that PostgreSQL refuses in it whatever writes."""
    return sql.SQL("(\n") + sql.SQL(file.select) + sql.SQL("\n)")
