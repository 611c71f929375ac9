"""Whatever server, database, role and environment say, a connection of ours has the settings that results depend on."""

import re
from datetime import date

import psycopg
import pytest

import hostile
from councils import at
from statutory.errors import WarehouseError
from statutory.indicators import results
from statutory.paths import PROJECT
from statutory.quality.check import _landed_on
from statutory.settings import Council
from statutory.tasks import local
from statutory.warehouse import connection as ours
from statutory.warehouse import ordering, runs, withdrawal
from statutory.warehouse.migrate import migrate
from statutory.warehouse.publish import publish

PASSWORD = "made-up"
NIGHT = date(2025, 11, 14)


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """A server with everything set otherwise, and the environment that goes with it."""
    home = tmp_path_factory.mktemp("odd")
    home.chmod(0o755)
    server, environment = hostile.make(home)
    yield server, environment
    server.down()


@pytest.fixture
def pointed(odd, monkeypatch):
    """Let the settings and the environment mean a database of that server."""
    server, environment = odd

    def point(address=None):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        if address:
            monkeypatch.setenv("STATUTORY_WAREHOUSE_URL", address)
        return server

    yield point
    monkeypatch.undo()


def kept(opened):
    """The settings of a session by name, but for the server's own."""
    return dict(
        opened.execute(
            "select name, setting from pg_settings where context = 'user'"
            " and (category like 'Client Connection Defaults / %' or category like 'Version and Platform%')"
        ).fetchall()
    )


def test_every_setting_that_results_depend_on_is_that_of_the_server_that_we_make(pointed, migrated):
    with ours.connect(Council()) as usual:
        wanted = kept(usual)
    pointed()
    with ours.connect(Council()) as opened:
        found = kept(opened)
        assert opened.execute("select now()::date, 1.5::float8, '\\x00'::bytea").fetchone()
        assert opened.execute("show jit").fetchone() == ("off",)
    here = {"default_text_search_config", "lc_monetary", "lc_numeric", "lc_time"}
    differ = {name for name in wanted if wanted[name] != found[name]} - here
    assert not differ
    assert {found[name] for name in here if name.startswith("lc_")} == {"C"}


def test_great_expectations_has_them_too_and_looks_at_what_landed(pointed):
    pointed()
    with _landed_on(at(None, NIGHT)) as opened:
        ((path, style, zone),) = opened.execute(
            "select current_setting('search_path'), current_setting('DateStyle'), current_setting('TimeZone')"
        )
        opened.rollback()
    assert (path, style, zone) == ("landing_2025_11_14", "ISO, MDY", "Europe/London")


def test_airflow_reads_its_metadata_as_postgresql_writes_it_by_default(odd):
    server, _ = odd
    with psycopg.connect(server.url("hostile"), options=local.SESSION.replace("+", " ")) as opened:
        ((style, path, isolation, read_only),) = opened.execute(
            "select current_setting('DateStyle'), current_setting('search_path'),"
            " current_setting('default_transaction_isolation'), current_setting('default_transaction_read_only')"
        )
    assert (style.split(",")[0], path, isolation, read_only) == ("ISO", "public", "read committed", "off")


@pytest.mark.skipif(not hostile.CAN_BE, reason="no program to make a locale with")
def test_text_of_our_tables_sorts_by_number_where_the_database_sorts_otherwise(pointed):
    pointed()
    with ours.connect(Council()) as opened:
        opened.execute("create schema s; create table s.t (x text, y text[], n int)")
        opened.execute("insert into s.t (x) values ('b'), ('A'), ('a'), ('B'), ('1')")
        assert opened.execute("select string_agg(x, '' order by x) from s.t").fetchone() == ("aAbB1",)
        ordering.by_number(opened, "s")
        assert opened.execute("select string_agg(x, '' order by x) from s.t").fetchone() == ("1ABab",)
        # What is made of a column of ours keeps its order, and capitals of other letters are still known.
        opened.execute("create temp table made as select x || '/' || n as z, x as w from s.t")
        assert opened.execute("select string_agg(w, '' order by w) from made").fetchone() == ("1ABab",)
        opened.execute("insert into s.t (x) values ('É')")
        assert opened.execute("select lower(x) from s.t where x > 'z'").fetchone() == ("é",)
        opened.rollback()


def test_where_the_database_sorts_so_nothing_is_done(connection):
    connection.execute("create schema s; create table s.t (x text)")
    ordering.by_number(connection, "s")
    assert connection.execute(
        "select attcollation::regcollation::text from pg_attribute where attrelid = 's.t'::regclass and attname = 'x'"
    ).fetchone() == ('"default"',)


def test_a_database_in_another_encoding_is_refused_in_a_sentence(pointed, odd):
    server, _ = odd
    with psycopg.connect(server.url("postgres"), autocommit=True) as opened:
        opened.execute("create database plain template template0 encoding 'SQL_ASCII' locale 'C'")
    pointed(server.url("plain"))
    with pytest.raises(WarehouseError, match="the database is in SQL_ASCII: make one with create database"):
        ours.reach(Council())


def test_who_is_no_superuser_runs_the_warehouse_with_the_documented_rights(pointed, odd, say_loaded):
    server, _ = odd
    pages = (PROJECT / "docs" / "operations.md").read_text()
    (statements,) = re.findall(r"```sql\n(create role statutory_owner.*?)```", pages, re.DOTALL)
    with psycopg.connect(server.url("postgres"), autocommit=True) as opened:
        for statement in statements.replace("warehouse", "documented").replace("'...'", f"'{PASSWORD}'").split(";"):
            if statement.strip():
                opened.execute(statement)
    address = server.url("documented")
    pointed(f"postgresql://nightly:{PASSWORD}@{address.split('@')[1]}")
    migrate(Council())
    migrate(Council())
    with runs.alone(Council()), ours.connect(Council()) as opened:
        runs.open_run(Council(), "night", NIGHT, by_command=True)
        say_loaded(opened, NIGHT)
        opened.execute("create schema night_2025_11_14; set local search_path = night_2025_11_14")
        opened.execute(results.RESULTS)
        publish(at(opened, NIGHT))
        publish(at(opened, NIGHT))
        assert opened.execute("select rolsuper from pg_roles where rolname = current_user").fetchone() == (False,)
        assert withdrawal.withdraw(at(opened, NIGHT), "by mistake") is None
