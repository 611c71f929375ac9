"""Connections to the warehouse: the embedded server, or the PostgreSQL that the settings or Airflow name."""

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import psycopg

from statutory.errors import WarehouseError
from statutory.settings import settings
from statutory.warehouse.server import Server

Connection = psycopg.Connection[tuple[Any, ...]]
SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://")
WANTED = "postgresql://user:password@host:port/database"
OLDEST = 160000  # pg_input_is_valid came with PostgreSQL 16


def embedded() -> Server:
    """The embedded server of this clone."""
    return Server(settings().home / "postgres")


def url(database: str = "warehouse") -> str:
    """The address of a database, starting the embedded server when that is the one and it is down."""
    given = settings().warehouse_url
    address = given.get_secret_value() if given else os.environ.get("AIRFLOW_CONN_STATUTORY_WAREHOUSE", "")
    if address and database == "warehouse":
        if not address.startswith(SCHEMES):
            raise WarehouseError(f"the setting warehouse_url is not an address: {WANTED} is wanted")
        return address.replace("postgresql+psycopg://", "postgresql://").replace("postgres://", "postgresql://")
    server = embedded()
    server.up()
    return server.url(database)


def reach(database: str = "warehouse", *, autocommit: bool = False) -> Connection:
    """A new connection, which the caller closes.

    Raises:
        WarehouseError: the address cannot be read, or no server answers there; the text has no password.
    """
    try:
        return psycopg.connect(url(database), autocommit=autocommit)
    except psycopg.OperationalError as error:
        raise WarehouseError(f"no answer from the warehouse: {str(error).splitlines()[0]}") from None
    except psycopg.ProgrammingError:  # its text may show the password
        raise WarehouseError(f"the address of the warehouse cannot be read: {WANTED} is wanted") from None


def make_database(name: str) -> None:
    """Make a database on the server of the warehouse when it is not there."""
    with reach(autocommit=True) as opened:
        if not opened.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            opened.execute(psycopg.sql.SQL("create database {}").format(psycopg.sql.Identifier(name)))


@contextlib.contextmanager
def connect(database: str = "warehouse") -> Iterator[Connection]:
    """A connection whose transaction is committed at the end of the block and rolled back on an error.

    Raises:
        WarehouseError: no server answers, or it is older than PostgreSQL 16.
    """
    with reach(database) as connection:
        if connection.info.server_version < OLDEST:
            raise WarehouseError(f"PostgreSQL 16 or newer is needed, this is {connection.info.server_version // 10000}")
        connection.execute("set time zone 'Europe/London'")
        connection.commit()
        yield connection
