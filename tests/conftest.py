"""One embedded PostgreSQL for the whole run, in a folder of its own."""

import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from statutory.settings import Council
from statutory.sources import contract
from statutory.warehouse.connection import embedded, reach
from statutory.warehouse.migrate import migrate


@pytest.fixture(scope="session", autouse=True)
def home():
    """A home of its own for the run, so that no test meets a council's warehouse."""
    folder = Path(tempfile.mkdtemp(prefix="statutory-test-"))
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STATUTORY_HOME", str(folder))
        patch.setenv("STATUTORY_LOCAL", str(folder / "local"))
        yield folder
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def environment_as_before():
    """Undo what a test, or a command that it ran here, set in the environment: the next test starts as this one did."""
    before = dict(os.environ)
    yield
    if os.environ != before:
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture(scope="session")
def server(home):
    """The embedded server of this run."""
    server = embedded(Council())
    server.up()
    yield server
    server.down()


@pytest.fixture(scope="session")
def scratch(server):
    """One connection to the scratch database for the many cases of rules and indicators."""
    with reach(Council(), "scratch") as connection:
        yield connection


@pytest.fixture
def connection(server):
    """A connection whose changes are rolled back when the test ends."""
    with psycopg.connect(server.url()) as connection:
        connection.execute("set time zone 'Europe/London'")
        yield connection
        connection.rollback()


@pytest.fixture(scope="session")
def migrated(server):
    """The warehouse with its fixed schemas and history tables."""
    migrate(Council())


@pytest.fixture(scope="session")
def write_row():
    """Put one row of a source table into history."""

    def put(connection, table, row):
        connection.execute(
            sql.SQL("insert into {} ({}) values ({})").format(
                sql.Identifier("history", table),
                sql.SQL(", ").join(map(sql.Identifier, row)),
                sql.SQL(", ").join(sql.Placeholder() * len(row)),
            ),
            tuple(row.values()),
        )

    return put


@pytest.fixture(scope="session")
def say_loaded():
    """Say that every table but the absent ones was loaded for a night."""

    def put(connection, night, absent=()):
        ((run,),) = connection.execute(
            "insert into ops.run (dag_run_id, night) values (%s, %s) returning run_id", (f"test {night}", night)
        )
        for table in contract.tables().values():
            if table.name in absent:
                continue
            connection.execute(
                """
                with batch as (
                    insert into ops.batch (run_id, night, source, table_name, is_shipped, sha256, bytes, rows)
                    values (%s, %s, %s, %s, false, 'abc', 0, 0) returning batch_id, night, source, table_name
                )
                insert into ops.load select batch_id, night, source, table_name, 0, 0, 0, 0, 0, 0 from batch
                """,
                (run, night, table.source, table.name),
            )

    return put


@pytest.fixture
def add(connection, migrated, write_row):
    """Put one row of a source table into history, as known since 2000."""

    def put(table, **row):
        write_row(connection, table, row | {"seen_from": "2000-01-01"})

    return put


@pytest.fixture
def loaded(connection, migrated, say_loaded):
    """Say that every table but the absent ones was loaded for a night."""

    def put(night, absent=()):
        say_loaded(connection, night, absent)

    return put
