"""Nobody but the loader stops a night: not by a lock, not by connections, not from another database."""

import contextlib
import re
from datetime import date

import psycopg
import pytest
from psycopg import errors, sql

from statutory.errors import WarehouseError
from statutory.paths import PROJECT
from statutory.settings import Council
from statutory.warehouse import roles, runs
from statutory.warehouse.migrate import migrate
from statutory.warehouse.server import Server, configuration

PASSWORD = "made-up"
READERS = ("statutory_analyst", "statutory_identified", "statutory_reader")


def as_documented(name, role):
    """The statements of docs/connecting.md, for another name and role."""
    (text,) = re.findall(r"```sql\n(create role anna.*?)```", (PROJECT / "docs/connecting.md").read_text(), re.DOTALL)
    return text.replace("anna", name).replace("statutory_analyst", role).replace("'...'", f"'{PASSWORD}'")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    """A server of its own with a login in each role, made by the statements of the documentation."""
    server = Server(tmp_path_factory.mktemp("locks") / "postgres")
    server.home.parent.chmod(0o755)
    server.up()
    migrate(Council(warehouse_url=server.url()))
    with psycopg.connect(server.url(), autocommit=True) as connection:
        for role in roles.ROLES:
            connection.execute(as_documented(f"anna_{role}", role))
    yield server
    server.down()


def address(server, login, database="warehouse"):
    return f"postgresql://{login}:{PASSWORD}@{server.url(database).split('@')[1]}"


@pytest.fixture
def anna(warehouse):
    """Connect as a person in a role."""
    with contextlib.ExitStack() as opened:

        def connect(role, database="warehouse"):
            return opened.enter_context(
                contextlib.closing(psycopg.connect(address(warehouse, f"anna_{role}", database), autocommit=True))
            )

        yield connect


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("mode", ["access share", "row share", "exclusive", "access exclusive"])
def test_a_reader_cannot_take_the_lock_of_the_night(anna, role, mode):
    reader = anna(role)
    with reader.transaction(), pytest.raises(errors.InsufficientPrivilege):
        reader.execute(f"lock table ops.night_lock in {mode} mode")


@pytest.mark.parametrize("role", roles.ROLES)
def test_advisory_locks_hold_up_no_night(anna, warehouse, role):
    person = anna(role)
    for number in (20260930, 0, 1):  # the first was the night's once
        person.execute("select pg_advisory_lock(%s)", (number,))
    council = Council(warehouse_url=warehouse.url())
    with runs.alone(council):
        pass
    run = runs.open_run(council, f"beside {role}", date(2025, 11, 14))
    with runs.at_work(council, run):
        pass
    with psycopg.connect(warehouse.url()) as connection:
        connection.execute("delete from ops.run where run_id = %s", (run,))


def test_a_loader_holds_the_lock_and_a_second_night_is_refused(warehouse):
    council = Council(warehouse_url=address(warehouse, "anna_statutory_loader"))
    with runs.alone(council), pytest.raises(WarehouseError, match="another night is running"), runs.alone(council):
        raise AssertionError


@pytest.mark.parametrize("role", READERS)
def test_a_login_as_documented_has_three_connections_and_times(anna, role):
    connections = [anna(role) for _ in range(3)]
    with pytest.raises(psycopg.OperationalError, match="too many connections for role"):
        anna(role)
    times = ("statement_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout")
    assert [connections[0].execute(f"show {name}").fetchone() for name in times] == [("30min",), ("10min",), ("8h",)]


def test_people_who_use_up_their_connections_leave_those_of_the_night(warehouse):
    most = int(configuration()["max_connections"])
    people = [f"person_{n}" for n in range(most // 3 + 1)]
    with psycopg.connect(warehouse.url(), autocommit=True) as connection:
        for name in people:
            connection.execute(as_documented(name, "statutory_reader"))
    with contextlib.ExitStack() as opened:
        refused = []
        for name in people:
            for _ in range(3):
                try:
                    opened.enter_context(contextlib.closing(psycopg.connect(address(warehouse, name))))
                except psycopg.OperationalError as error:
                    refused.append(str(error))
        assert refused
        assert all("connection slots are reserved" in said for said in refused)
        for _ in range(3):
            opened.enter_context(contextlib.closing(psycopg.connect(address(warehouse, "anna_statutory_loader"))))
        for _ in range(20):
            opened.enter_context(contextlib.closing(psycopg.connect(warehouse.url())))


@pytest.mark.parametrize("role", roles.ROLES)
@pytest.mark.parametrize("database", ["airflow", "scratch", "postgres"])
def test_no_role_reaches_another_database_of_the_server(anna, role, database):
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        anna(role, database)


def test_who_has_no_role_does_not_reach_the_warehouse(warehouse):
    with psycopg.connect(warehouse.url(), autocommit=True) as connection:
        connection.execute(sql.SQL("create role nobody login password {}").format(sql.Literal(PASSWORD)))
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(address(warehouse, "nobody"))
