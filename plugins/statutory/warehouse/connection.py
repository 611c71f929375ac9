"""Connections to the warehouse: the embedded server, or the PostgreSQL that the settings or Airflow name."""

import contextlib
from collections.abc import Iterator

import psycopg

from statutory import postgres
from statutory.errors import WarehouseError
from statutory.settings import Council
from statutory.warehouse.server import Server

Connection = postgres.Connection
SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://")
WANTED = "postgresql://user:password@host:port/database"
OLDEST = 160000  # pg_input_is_valid came with PostgreSQL 16
# Settings that results depend on, and timeouts that would end a night: whatever the server, the database, the role or
# the environment (PGDATESTYLE, PGOPTIONS) say, a session uses PostgreSQL's defaults and these. The tablespace
# is left to the administrator. PostgreSQL would compile each of a night's hundreds of statements for longer than it
# runs.
OURS = {"TimeZone": "Europe/London", "client_encoding": "UTF8", "search_path": "pg_catalog, public", "jit": "off"}
SETTLE = """
select set_config(name, coalesce(ours.value, boot_val), false)
from pg_settings
left join unnest(%s::text[], %s::text[]) as ours (key, value) on ours.key = name
where context = 'user' and setting is distinct from coalesce(ours.value, boot_val)
and (
    ours.key is not null
    or category like 'Client Connection Defaults / %%' or category like 'Version and Platform Compatibility / %%'
)
and name not in ('default_tablespace', 'temp_tablespaces', 'default_table_access_method', 'default_toast_compression')
and name not in ('transaction_isolation', 'transaction_read_only', 'transaction_deferrable')
"""


def open_council(database: str = "warehouse") -> Council:
    """The council of this process's environment, with the server of a database of it started: where commands begin."""
    council = Council.of_environment()
    start(council, database)
    return council


def embedded(council: Council) -> Server:
    """The embedded server of a council."""
    return Server(council.home / "postgres")


def start(council: Council, database: str = "warehouse") -> None:
    """Start the embedded server when a database is on it and it is down."""
    if not _address(council, database):
        embedded(council).up()


def url(council: Council, database: str = "warehouse") -> str:
    """The address of a database; WarehouseError when the setting is none, or its server was never started."""
    address = _address(council, database)
    if not address:
        return embedded(council).url(database)
    # Of a bare @ or : in a password the driver would take the rest for the host, and say it.
    if not address.startswith(SCHEMES) or address.count("@") > 1:
        raise WarehouseError(
            f"the setting warehouse_url is not an address: {WANTED} is wanted, with @ in a password as %40"
        )
    return address.replace("postgresql+psycopg://", "postgresql://").replace("postgres://", "postgresql://")


def _address(council: Council, database: str) -> str:
    """Where somebody else's server has a database; nothing of one that is on the embedded server."""
    given = council.warehouse_url if database == "warehouse" else None
    return given.get_secret_value() if given else ""


def reach(council: Council, database: str = "warehouse", *, autocommit: bool = False) -> Connection:
    """A new connection with the settings that results depend on, which the caller closes.

    Raises:
        WarehouseError: the address cannot be read, no server answers there, or its version or the database's encoding
            will not do; the text has no password.
    """
    try:
        opened = psycopg.connect(url(council, database), autocommit=True)
    except psycopg.OperationalError as error:
        raise WarehouseError(f"no answer from the warehouse: {str(error).splitlines()[0]}") from None
    except psycopg.ProgrammingError:  # its text may show the password
        raise WarehouseError(f"the address of the warehouse cannot be read: {WANTED} is wanted") from None
    encoding = opened.info.parameter_status("server_encoding")
    if opened.info.server_version < OLDEST or encoding != "UTF8":
        version = opened.info.server_version // 10000
        opened.close()
        raise WarehouseError(
            f"PostgreSQL 16 or newer is needed, this is {version}" if version < OLDEST // 10000 else
            f"the database is in {encoding}: make one with create database ... encoding 'UTF8' template template0"
        )  # fmt: skip
    opened.execute(SETTLE, (list(OURS), list(OURS.values())))
    opened.autocommit = autocommit
    return opened


def make_database(council: Council, name: str) -> None:
    """Make a database on the server of the warehouse when it is not there."""
    with reach(council, autocommit=True) as opened:
        if not opened.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            opened.execute(psycopg.sql.SQL("create database {}").format(psycopg.sql.Identifier(name)))


@contextlib.contextmanager
def connect(council: Council, database: str = "warehouse") -> Iterator[Connection]:
    """A connection whose transaction is committed at the end of the block and rolled back on an error.

    Raises:
        WarehouseError: as for `reach`.
    """
    with reach(council, database) as connection:
        yield connection
