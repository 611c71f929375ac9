"""When a night begins: a scheduled one waits until its deadline, one that a person asks for does not."""

from datetime import UTC, date, datetime

import pytest
from airflow.sdk.exceptions import AirflowFailException

from statutory.settings import settings
from statutory.tasks import nightly, notice
from statutory.warehouse import connection

DUE = datetime(2026, 7, 2, 1, 0, tzinfo=UTC)  # two in the morning in London


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """A folder of extracts that nothing has come into."""
    monkeypatch.setenv("STATUTORY_SOURCE", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    settings.cache_clear()


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
    monkeypatch.setattr(notice, "send", lambda *said: told.append(said))
    with pytest.raises(AirflowFailException) as failed:
        nightly.open_run("scheduled", None, DUE)
    said = "no extract of the night 2026-07-01 came by 05:00: the folder 2026-07-01 is not there"
    assert str(failed.value) == said
    assert told == [("statutory: the night 2026-07-01 failed", said)]
    with connection.connect() as opened:
        assert not opened.execute("select from ops.run where night = '2026-07-01'").fetchall()


def test_a_scheduled_run_is_for_the_day_before_whatever_newer_folder_there_is(empty, server, migrated):
    (empty / "2026-07-01").mkdir()
    (empty / "2026-07-04").mkdir()
    run = nightly.open_run("scheduled for 1 July", None, DUE)
    by_hand = nightly.open_run("by hand", None, None)
    with connection.connect() as opened:
        nights = opened.execute(
            "delete from ops.run where run_id = any(%s) returning run_id, night", ([run, by_hand],)
        ).fetchall()
        opened.execute("drop schema landing_2026_07_01, landing_2026_07_04 cascade")
    assert sorted(nights) == [(run, date(2026, 7, 1)), (by_hand, date(2026, 7, 4))]
