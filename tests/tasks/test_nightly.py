"""When a night begins: a scheduled one waits until its deadline, one that a person asks for does not."""

import contextlib
import json
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import psycopg
import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from councils import at
from statutory.errors import WarehouseError
from statutory.settings import Council
from statutory.sources import contract
from statutory.tasks import failing, nightly, notes, notice
from statutory.warehouse import connection, runs

DUE = datetime(2026, 7, 2, 1, 0, tzinfo=UTC)  # two in the morning in London


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """A folder of extracts that nothing has come into."""
    monkeypatch.setenv("STATUTORY_SOURCE", str(tmp_path))
    yield tmp_path
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("night", "scheduled", "now", "starts"),
    [
        (None, DUE, datetime(2026, 7, 2, 3, 59, 59, tzinfo=UTC), False),
        (None, DUE, datetime(2026, 7, 2, 4, 0, tzinfo=UTC), True),  # five o'clock of summer time
        (None, None, DUE, True),
        ("2026-07-01", DUE, DUE, True),
    ],
)
def test_a_scheduled_night_waits_until_its_deadline_and_one_by_hand_does_not(empty, night, scheduled, now, starts):
    assert nightly.may_start(night, scheduled, now) is starts


def test_a_night_for_which_nothing_came_is_no_run_and_is_told(empty, server, migrated, monkeypatch):
    told = []
    monkeypatch.setattr(notice, "send", lambda _, *said: told.append(said))
    with pytest.raises(AirflowFailException) as failed:
        nightly.open_run("scheduled", None, DUE)
    said = (
        "no extract of the night 2026-07-01 arrived by 05:00: put the folder 2026-07-01 into the folder of extracts,"
        " then run that night"
    )
    assert str(failed.value) == said
    assert told == [("statutory: the night 2026-07-01 is not run", said)]
    with connection.connect(Council()) as opened:
        assert not opened.execute("select from ops.run where night = '2026-07-01'").fetchall()


def test_a_scheduled_run_is_for_the_day_before_whatever_newer_folder_there_is(empty, server, migrated):
    (empty / "2026-07-01").mkdir()
    (empty / "2026-07-04").mkdir()
    run = nightly.open_run("scheduled for 1 July", None, DUE)
    with connection.connect(Council()) as opened:
        runs.close(opened, run, None)  # another run begins when this one has ended
    by_hand = nightly.open_run("by hand", None, None)
    with connection.connect(Council()) as opened:
        nights = opened.execute(
            "delete from ops.run where run_id = any(%s) returning run_id, night", ([run, by_hand],)
        ).fetchall()
        opened.execute("drop schema landing_2026_07_01, landing_2026_07_04 cascade")
    assert sorted(nights) == [(run, date(2026, 7, 1)), (by_hand, date(2026, 7, 4))]


@pytest.mark.parametrize(
    ("kind", "is_due"), [("scheduled", True), ("backfill", True), ("manual", False), ("asset_triggered", False)]
)
def test_a_run_by_schedule_and_a_backfilled_one_are_due(kind, is_due):
    assert notes.due(SimpleNamespace(run_type=kind, run_after=DUE)) == (DUE if is_due else None)


@pytest.mark.parametrize(
    ("state", "ended"), [("queued", False), ("running", False), ("success", True), ("failed", True)]
)
def test_a_night_waits_for_the_run_before_it_to_end_whichever_way(state, ended):
    assert nightly.has_ended(SimpleNamespace(run_id="earlier", state=state)) is ended
    assert nightly.has_ended(None)


LATE = datetime(2026, 7, 2, 4, 0, tzinfo=UTC)  # the deadline of the night


@pytest.mark.parametrize(
    ("began", "by_schedule", "is_skipped"),
    [
        (LATE, False, True),
        (LATE - timedelta(seconds=1), False, False),  # it began in time: a night that does not come is a failure
        (LATE, True, False),  # nights ran by schedule before: that Airflow was down excuses nothing
    ],
)
def test_a_first_night_whose_time_was_past_is_skipped(empty, monkeypatch, began, by_schedule, is_skipped):
    monkeypatch.setattr(runs, "began_by_schedule", lambda _: by_schedule)
    monkeypatch.setattr(connection, "connect", contextlib.nullcontext)
    if is_skipped:
        with pytest.raises(AirflowSkipException, match="nothing arrived, and its time was before"):
            nightly.may_start(None, DUE, LATE, began)
    else:
        assert nightly.may_start(None, DUE, LATE, began)


def test_nothing_is_due_of_the_synthetic_council(tmp_path, monkeypatch):
    monkeypatch.setenv("STATUTORY_SOURCE", str(Council().home / "sample"))
    try:
        with pytest.raises(AirflowSkipException, match="no source is set"):
            nightly.may_start(None, DUE, DUE)
    finally:
        monkeypatch.undo()


def test_a_night_older_than_what_is_loaded_is_refused_before_anything_is_touched(empty, migrated, monkeypatch):
    (empty / "2026-07-01").mkdir()
    monkeypatch.setattr(notice, "send", lambda *said: None)
    monkeypatch.setattr(runs, "newest_loaded", lambda _: date(2026, 7, 2))
    with pytest.raises(AirflowFailException, match="2026-07-01 is older than 2026-07-02, which is loaded"):
        nightly.open_run("older", "2026-07-01", None)
    with connection.connect(Council()) as opened:
        assert not opened.execute("select from ops.run where dag_run_id = 'older'").fetchall()
        assert opened.execute("select to_regnamespace('landing_2026_07_01')").fetchall() == [(None,)]


def test_a_source_that_is_wholly_unsupplied_needs_no_folder_and_is_not_missing(empty, migrated, monkeypatch):
    names = [table.name for table in contract.tables_of("agency")]
    monkeypatch.setenv("STATUTORY_UNSUPPLIED", json.dumps(names))
    (empty / "2026-07-01").mkdir()
    run = nightly.open_run("without agency", "2026-07-01", None)
    try:
        batches = nightly.extract(run, "agency")
        assert batches == []
        assert nightly.check(run, "agency", batches) == []
        assert nightly.load(run, "agency", batches) == 0
        with connection.connect(Council()) as opened:
            assert set(nightly._missing(at(opened, date(2026, 7, 1)), run)) == set(contract.SOURCES) - {"agency"}
    finally:
        with connection.connect(Council()) as opened:
            opened.execute("delete from ops.run where run_id = %s", (run,))
            opened.execute("drop schema landing_2026_07_01 cascade")


@pytest.fixture
def all_loaded(empty, migrated, monkeypatch):
    """A run that loaded every source of its night, and has not published it."""
    monkeypatch.setenv("STATUTORY_OUT", str(empty / "out"))
    (empty / "2026-07-01").mkdir()
    run = nightly.open_run("all loaded", "2026-07-01", None)
    with connection.connect(Council()) as opened:
        opened.execute(
            """
            with batch as (
                insert into ops.batch (run_id, night, source, table_name, is_shipped, sha256, bytes, rows)
                select %s, '2026-07-01', source, table_name, false, '', 0, 0
                from unnest(%s::text[], %s::text[]) as loaded (source, table_name)
                returning *
            )
            insert into ops.load select batch_id, night, source, table_name, 0, 0, 0, 0, 0, 0 from batch
            """,
            (run, list(contract.SOURCES), [contract.tables_of(source)[0].name for source in contract.SOURCES]),
        )
    yield run
    with connection.connect(Council()) as opened:
        opened.execute("delete from ops.published")
        opened.execute("delete from ops.load where night = '2026-07-01'")
        opened.execute("delete from ops.batch where run_id = %s", (run,))
        opened.execute("delete from ops.run where run_id = %s", (run,))
        opened.execute("drop schema landing_2026_07_01 cascade")


@pytest.mark.parametrize(
    ("published", "ended"),
    [
        (None, None),
        (("2026-07-01", "-1 second"), None),  # by an earlier run of the night, which is not this one's success
        (("2026-06-30", "1 second"), None),
        (("2026-07-01", "0 seconds"), "published"),
    ],
)
def test_a_run_is_green_only_when_it_published_its_own_night(all_loaded, monkeypatch, published, ended):
    told = []
    monkeypatch.setattr(notice, "send", lambda _, *said: told.append(said[0]))
    if published:
        with connection.connect(Council()) as opened:
            opened.execute(
                "insert into ops.published (night, published_at)"
                " select %s, started_at + %s::interval from ops.run where run_id = %s",
                (*published, all_loaded),
            )
    if ended:
        assert nightly.close_run(all_loaded) == ended
        assert told == []
    else:
        with pytest.raises(AirflowFailException, match=r"^not published: the last line of the failed task's log says"):
            nightly.close_run(all_loaded)
        assert told == ["statutory: the night 2026-07-01 is not published"]


def test_what_postgresql_says_of_a_row_is_not_told():
    @failing.at_once
    def step():
        raise psycopg.errors.InvalidTextRepresentation("invalid input syntax: Smith")

    with pytest.raises(WarehouseError) as failed:
        step()
    assert str(failed.value) == "PostgreSQL ended it with InvalidTextRepresentation; see the server's log"


@pytest.mark.parametrize(
    ("asked", "events", "nights"),
    [
        ("2026-07-01", ["2026-07-02"], ["2026-07-01"]),
        (None, ["2026-07-03", "2026-07-02", "2026-07-03"], ["2026-07-02", "2026-07-03"]),
        (None, [], [None]),
    ],
)
def test_a_run_that_follows_is_for_the_nights_of_its_events(asked, events, nights):
    run = SimpleNamespace(consumed_asset_events=[SimpleNamespace(extra={"night": night}) for night in events])
    assert list(notes.nights(asked, run)) == nights


def noted(**run):
    """A run of the DAG `nightly` by hand, with a note."""
    return SimpleNamespace(dag_id="nightly", conf={"night": "2026-07-01"}, run_type="manual", **run)


def test_the_note_names_the_night_and_leaves_what_a_person_wrote():
    run = noted(note=None, run_after=DUE)
    notes.on_dag_run_running(run, "started")
    assert run.note == "night 2026-07-01"
    run.note = "night 2026-07-01: not published\n\nasked HR for the file"
    notes.on_dag_run_running(run, "started")
    assert run.note == "night 2026-07-01\n\nasked HR for the file"
    run.note = "asked HR for the file"
    notes.on_dag_run_running(run, "started")
    assert run.note == "night 2026-07-01\n\nasked HR for the file"


def test_a_run_that_fails_in_the_councils_own_sql_says_which_file_and_why(all_loaded, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(notice, "send", lambda _, *said: told.append(said[1]))
    monkeypatch.setenv("STATUTORY_LOCAL", str(tmp_path))
    (tmp_path / "mart").mkdir()
    (tmp_path / "mart" / "own.sql").write_text(
        "-- title: own\n-- grain: one row\n-- key: [one]\n-- sources: [own]\n"
        "select pg_read_file('/etc/passwd') as one\n"
    )
    with pytest.raises(AirflowFailException, match=r"own.sql calls pg_read_file"):
        nightly.build(all_loaded)
    with pytest.raises(AirflowFailException, match=r"^not published: .*own.sql calls pg_read_file"):
        nightly.close_run(all_loaded)
    assert "own.sql calls pg_read_file" in told[0]
