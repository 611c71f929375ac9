"""The connection type: rows are tuples, the search path selects the schema of table names."""

import contextlib
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[Any, ...]]


def use(connection: Connection, *schemas: str, for_session: bool = False) -> None:
    """Set the search path for the rest of the transaction or session."""
    scope, path = sql.SQL("session" if for_session else "local"), sql.SQL(", ").join(map(sql.Identifier, schemas))
    connection.execute(sql.SQL("set {} search_path = {}").format(scope, path))


@contextlib.contextmanager
def using(connection: Connection, *schemas: str) -> Iterator[None]:
    """As `use`, until the block ends without an error."""
    ((before,),) = connection.execute("select current_setting('search_path')")
    use(connection, *schemas)
    yield
    connection.execute("select set_config('search_path', %s, true)", (before,))


def is_there(connection: Connection, schema: str, relation: str | None = None) -> bool:
    """Whether a schema, or a relation in it, is there."""
    asked = ("to_regclass", f"{schema}.{relation}") if relation else ("to_regnamespace", schema)
    ((found,),) = connection.execute(f"select {asked[0]}(%s) is not null", (asked[1],))
    return bool(found)


def let_read(connection: Connection, schema: str, role: sql.Identifier) -> None:
    """Let a role read all that stands in a schema."""
    grant = "grant usage on schema {0} to {1}; grant select on all tables in schema {0} to {1}"
    connection.execute(sql.SQL(grant).format(sql.Identifier(schema), role))
