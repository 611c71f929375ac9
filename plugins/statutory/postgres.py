"""What a connection to PostgreSQL is to the rest: its rows are tuples, its search path says what table names mean."""

import contextlib
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[Any, ...]]


def use(connection: Connection, *schemas: str, for_session: bool = False) -> None:
    """Let table names mean those of some schemas, the first one first, for the rest of the transaction or session."""
    scope, path = sql.SQL("session" if for_session else "local"), sql.SQL(", ").join(map(sql.Identifier, schemas))
    connection.execute(sql.SQL("set {} search_path = {}").format(scope, path))


@contextlib.contextmanager
def using(connection: Connection, *schemas: str) -> Iterator[None]:
    """As `use`, until the block ends without an error."""
    ((before,),) = connection.execute("select current_setting('search_path')")
    use(connection, *schemas)
    yield
    connection.execute("select set_config('search_path', %s, true)", (before,))
