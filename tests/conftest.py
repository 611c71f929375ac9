"""One embedded PostgreSQL for the whole run."""

import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from statutory.warehouse.server import Server


@pytest.fixture(scope="session")
def server():
    """An embedded server of its own for this run."""
    home = Path(tempfile.mkdtemp(prefix="statutory-test-"))
    home.chmod(0o755)
    server = Server(home)
    server.up()
    yield server
    server.down()
    shutil.rmtree(home)


@pytest.fixture
def connection(server):
    """A connection to an empty state: what a test does is rolled back."""
    with psycopg.connect(server.url()) as connection:
        yield connection
        connection.rollback()
