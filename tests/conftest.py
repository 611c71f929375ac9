"""One embedded PostgreSQL for the whole run, in a folder of its own."""

import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from statutory.settings import settings
from statutory.warehouse.connection import embedded


@pytest.fixture(scope="session", autouse=True)
def home():
    """A home of its own for the run, so that no test meets a council's warehouse."""
    folder = Path(tempfile.mkdtemp(prefix="statutory-test-"))
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STATUTORY_HOME", str(folder))
        patch.setenv("STATUTORY_LOCAL", str(folder / "local"))
        settings.cache_clear()
        yield folder
    settings.cache_clear()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def server(home):
    """The embedded server of this run."""
    server = embedded()
    server.up()
    yield server
    server.down()


@pytest.fixture
def connection(server):
    """A connection whose changes are rolled back when the test ends."""
    with psycopg.connect(server.url()) as connection:
        connection.execute("set time zone 'Europe/London'")
        yield connection
        connection.rollback()
