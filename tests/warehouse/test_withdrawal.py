"""A night that is taken back leaves nothing behind; all of it commits, so it has a server of its own."""

from datetime import date

import pytest

from statutory import outputs, sample
from statutory.errors import WarehouseError
from statutory.indicators import results
from statutory.night import Night
from statutory.settings import Council
from statutory.sources import contract
from statutory.sources.extract import extract_source
from statutory.warehouse import runs, withdrawal
from statutory.warehouse.connection import connect
from statutory.warehouse.load import load_source
from statutory.warehouse.migrate import migrate
from statutory.warehouse.publish import publish
from statutory.warehouse.server import Server

FIRST, SECOND = date(2025, 11, 13), date(2025, 11, 14)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A warehouse with one published night of a small council; the extracts of the next one lie beside it."""
    home = tmp_path_factory.mktemp("withdrawal")
    home.chmod(0o755)
    server = Server(home / "postgres")
    council = Council(warehouse_url=server.up(), out=home / "out")
    sample.write(home / "extracts", children=50, nights=2, until=SECOND, seed=1)
    migrate(council)
    with connect(council) as connection:
        run_night(connection, council, FIRST)
    yield council
    server.down()


@pytest.fixture
def opened(own):
    with connect(own) as connection:
        yield connection
        connection.rollback()


def run_night(connection, council, day):
    """Load a night, and let empty results of it be published and its returns be checked."""
    run = runs.open_run(council, f"manual__{day}", day)
    night = Night(council, day, connection)
    for source in contract.SOURCES:
        load_source(night, source, extract_source(night, source, council.out.parent / "extracts", run))
    connection.execute(f"create schema {night.schema}; set local search_path = {night.schema}")
    connection.execute(results.RESULTS)
    connection.execute(f"create schema {night.schema}_csww_2025")
    of = (day, "csww", 2025)
    connection.execute("insert into ops.build values (%s, 'case', 'case.sql', 'abc', 1, 1)", (day,))
    connection.execute("insert into ops.source_failure values (%s, 'hr', 'late')", (run,))
    connection.execute("insert into quality.readiness values (%s, %s, %s, false, 1, 0, 0, 0, 0, 0, %s, 0)", (*of, day))
    connection.execute("insert into quality.rule_result values (%s, %s, %s, '1', 'error', 'passed', null, 0, 0)", of)
    for key, since in (("open", FIRST), (str(day), day)):  # found on both nights, and on this one alone
        connection.execute(
            "insert into quality.rule_failure values ('csww', 2025, '1', '', '', %s, %s, %s)"
            " on conflict on constraint rule_failure_pkey do update set last_seen = excluded.last_seen",
            (key, since, day),
        )
    runs.close(connection, run, None)
    connection.commit()
    publish(night)
    with outputs.written(night, "indicators.csv") as path:
        path.write_text("")


def stands(connection):
    """Every row of history, quality and ops, and every schema; when a night was published or taken back apart."""
    names = connection.execute(
        "select relnamespace::regnamespace || '.' || relname from pg_class where relkind in ('r', 'v')"
        " and relnamespace = any (array['history', 'quality', 'ops']::regnamespace[])"
    ).fetchall()
    found = {
        name: sorted(connection.execute(f"select x::text from {name} as x").fetchall())
        for (name,) in names
        if name not in {"ops.withdrawal", "ops.published"}
    }
    schemas = {name for (name,) in connection.execute("select nspname from pg_namespace where nspname !~ '^pg_'")}
    return found | {"schemas": schemas, "published": connection.execute("select night from ops.published").fetchall()}


def test_after_a_withdrawal_everything_is_as_if_the_night_had_never_come(own, opened):
    before = stands(opened)
    assert len(before) > 2 * len([t for t in contract.tables().values() if t.history])
    run_night(opened, own, SECOND)
    after = stands(opened)
    changed = {name for name in before if before[name] != after[name]}
    assert {"ops.load", "quality.rule_failure", "schemas", "published"} < changed
    assert any(name.startswith("history.") and name.endswith("_closed") for name in changed)
    assert withdrawal.withdraw(Night(own, SECOND, opened), "a folder named wrongly") == FIRST
    assert stands(opened) == before
    assert (own.out / str(FIRST)).exists()
    assert not (own.out / str(SECOND)).exists()
    kept = opened.execute("select night, reason, withdrawn_by from ops.withdrawal").fetchall()
    assert kept == [(SECOND, "a folder named wrongly", "statutory")]


def test_the_night_before_is_shown_at_once_where_a_reader_holds_the_one_that_goes(own, opened):
    run_night(opened, own, SECOND)
    with connect(own) as reader:
        reader.execute("select count(*) from published.indicator_value")
        withdrawal.withdraw(Night(own, SECOND, opened), "again")
        assert opened.execute("select night from ops.published").fetchall() == [(FIRST,)]
    withdrawal.drop_aside(opened)


@pytest.mark.parametrize(
    ("night", "statement", "said"),
    [
        (FIRST, "select", "2025-11-13 is not the newest that is loaded: withdraw first 2025-11-14"),
        (date(2025, 11, 15), "select", "2025-11-15 is not loaded; the newest one is 2025-11-14"),
        (
            SECOND,
            "insert into ops.submission (return_id, period, last_day, night, signed_off_by, records, sha256)"
            " values ('csww', '2025', '2025-09-30', '2025-11-14', 'director', 1, 'abc')",
            "a submitted return rests on the night 2025-11-14",
        ),
        (
            SECOND,
            "insert into ops.frozen_pack values ('2025-11-14', '2025-11-14', 'inspection', 'director')",
            "a frozen pack rests on the night 2025-11-14",
        ),
        (
            SECOND,
            "alter schema night_2025_11_13 rename to elsewhere",
            "2025-11-13, is not built",
        ),
    ],
)
def test_what_cannot_be_taken_back_is_refused_and_stays(own, opened, night, statement, said):
    if runs.newest_loaded(opened) == FIRST:
        run_night(opened, own, SECOND)
    before = stands(opened)
    opened.execute(statement)
    with pytest.raises(WarehouseError, match=said):
        withdrawal.withdraw(Night(own, night, opened), "by mistake")
    opened.rollback()
    assert stands(opened) == before


def test_of_the_only_night_nothing_is_left_and_nothing_is_shown(own, opened):
    while (night := runs.newest_loaded(opened)) is not None:
        shown = withdrawal.withdraw(Night(own, night, opened), "by mistake")
    assert shown is None
    found = stands(opened)
    kept = {"ops.salt", "ops.withdrawal"}
    assert not {n for n, rows in found.items() if rows and "." in n and n not in kept}
    assert found["published"] == []
    assert not opened.execute("select from pg_class where relnamespace = 'published'::regnamespace").fetchall()
    run_night(opened, own, FIRST)
    assert opened.execute("select night from ops.published").fetchall() == [(FIRST,)]
