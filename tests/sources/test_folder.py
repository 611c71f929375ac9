"""Which night a run is for, and how long it waits for the folder of that night."""

import os
from datetime import UTC, date, datetime, timedelta

import pytest

from statutory.errors import SourceError
from statutory.settings import Council
from statutory.sources import contract, folder
from statutory.sources.folder import LONDON

NIGHT = date(2026, 3, 28)
MORNING = datetime(2026, 3, 29, 4, 0, tzinfo=LONDON)


@pytest.fixture
def extracts(tmp_path):
    """A folder of extracts in which every source that comes as files is there since an hour before the morning."""
    for source in contract.SOURCES:
        if source != "reference":
            file = tmp_path / str(NIGHT) / source / "some.csv"
            file.parent.mkdir(parents=True)
            file.write_text("")
            written(file, MORNING - timedelta(hours=1))
    return tmp_path / str(NIGHT)


def of(extracts, **given):
    """The council of a folder of extracts."""
    return Council(source=extracts.parent, **given)


def written(file, moment):
    os.utime(file, (moment.timestamp(), moment.timestamp()))


@pytest.mark.parametrize(
    ("due", "night"),
    [
        (datetime(2026, 1, 1, 2, 0, tzinfo=UTC), date(2025, 12, 31)),
        (datetime(2024, 3, 1, 2, 0, tzinfo=UTC), date(2024, 2, 29)),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 6, 30)),  # half past midnight of 1 July in London
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), date(2026, 3, 28)),  # the hour that the clocks skip
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), date(2026, 10, 24)),  # the day with an hour twice
    ],
)
def test_the_night_of_a_schedule_is_the_day_before_in_london(due, night):
    assert folder.night_of(due) == night


def test_a_complete_folder_has_arrived(extracts):
    assert folder.has_arrived(of(extracts), NIGHT, MORNING)


def test_a_folder_without_one_source_has_not_arrived(extracts):
    (extracts / "hr" / "some.csv").unlink()
    assert not folder.has_arrived(of(extracts), NIGHT, MORNING)


def test_a_source_that_is_a_database_is_not_waited_for(extracts):
    (extracts / "hr" / "some.csv").unlink()
    read = of(extracts, databases={"hr": "postgresql://a@b/c"})
    assert folder.has_arrived(read, NIGHT, MORNING)


def test_a_source_of_which_the_council_supplies_nothing_is_not_waited_for(extracts):
    (extracts / "hr" / "some.csv").unlink()
    names = [table.name for table in contract.tables_of("hr")]
    assert not folder.has_arrived(of(extracts, unsupplied=names[1:]), NIGHT, MORNING)
    assert folder.has_arrived(of(extracts, unsupplied=names), NIGHT, MORNING)


@pytest.mark.parametrize(("seconds", "arrived"), [(59, False), (60, True)])
def test_a_file_written_within_the_minute_may_be_on_its_way(extracts, seconds, arrived):
    written(extracts / "hr" / "some.csv", MORNING - timedelta(seconds=seconds))
    assert folder.has_arrived(of(extracts), NIGHT, MORNING) is arrived


def test_the_deadline_is_a_time_in_london_on_the_day_after_the_night(extracts):
    assert folder.deadline(of(extracts), NIGHT) == datetime(
        2026, 3, 29, 4, 0, tzinfo=UTC
    )  # five in the morning of summer time
    assert folder.deadline(of(extracts), date(2026, 3, 27)) == datetime(2026, 3, 28, 5, 0, tzinfo=UTC)


def test_a_night_without_a_folder_has_nothing_unless_a_database_is_read(extracts):
    assert folder.is_anything_there(of(extracts), NIGHT)
    assert not folder.is_anything_there(of(extracts), date(2026, 3, 29))
    read = of(extracts, databases={"hr": "postgresql://a@b/c"})
    assert folder.is_anything_there(read, date(2026, 3, 29))


@pytest.mark.parametrize("door", ["asked for", "newest of the folder", "typed", "run"])
def test_a_night_after_today_is_refused_at_every_door_and_that_of_today_is_not(tmp_path, monkeypatch, door):
    from statutory import cli
    from statutory.tasks import refusal

    monkeypatch.setattr(folder, "today", lambda: date(2026, 3, 1))
    monkeypatch.setattr(refusal.runs, "newest_loaded", lambda _: None)
    council = Council(source=tmp_path)

    def enter(night):
        (tmp_path / str(night)).mkdir()
        match door:
            case "asked for":
                folder.chosen_night(council, str(night), None)
            case "newest of the folder":
                assert folder.chosen_night(council, None, None) == night
            case "typed":
                cli._night_in(council, datetime(night.year, night.month, night.day))  # noqa: DTZ001
            case "run":
                refusal.refuse_impossible(council, night)

    enter(date(2026, 3, 1))
    with pytest.raises(SourceError, match="the night 2062-03-01 is after today, 2026-03-01"):
        enter(date(2062, 3, 1))
