"""Why a figure moved: every reason's part by hand, and the parts add up."""

from datetime import date
from decimal import Decimal

import pytest

from councils import SHIPPED, at
from statutory.errors import StatutoryError
from statutory.indicators import explain, values
from statutory.indicators.definition import indicators
from statutory.night import use_night
from statutory.quality import night as night_with_data

BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 31)


@pytest.fixture
def two_nights(connection, migrated, loaded):
    """Four assessments; by the second night one is corrected, one is gone and one is new."""

    def version(table, seen_from, seen_to, **row):
        columns = {**row, "seen_from": seen_from, "seen_to": seen_to}
        connection.execute(
            f"insert into history.{table} ({', '.join(columns)}) values ({', '.join(['%s'] * len(columns))})",
            tuple(columns.values()),
        )

    start = date(2026, 1, 1)
    for day in range(400):
        this = date.fromordinal(start.toordinal() + day)
        version("calendar_day", "2000-01-01", "infinity", day=this, is_working_day=True, working_day_no=day)
    version("local_parameter", "2000-01-01", "infinity",
            name="assessment_working_days", valid_from="2000-01-01", value="45")  # fmt: skip
    finished = {
        "A1": ("2026-03-20", "2000-01-01", "infinity"),  # 48 days from 31 January: late
        "A2": ("2026-03-10", "2000-01-01", "infinity"),  # in time
        "A3": ("2026-03-30", "2000-01-01", "2026-07-15"),  # late, then found to have ended on 1 March
        "A4": ("2026-03-30", "2000-01-01", "2026-07-15"),  # late, then gone
        "A5": ("2026-03-01", "2026-07-15", "infinity"),  # found later, in time
    }
    for name, (day, seen_from, seen_to) in finished.items():
        version("ssd_cin_episodes", seen_from, seen_to, cine_referral_id=f"R{name}", cine_person_id=f"C{name}",
                cine_referral_date="2026-01-31")  # fmt: skip
        version("ssd_cin_assessments", seen_from, seen_to, cina_assessment_id=name, cina_person_id=f"C{name}",
                cina_referral_id=f"R{name}", cina_assessment_auth_date=day)  # fmt: skip
    version("ssd_cin_episodes", "2026-07-15", "infinity", cine_referral_id="RA3", cine_person_id="CA3",
            cine_referral_date="2026-01-31")  # fmt: skip
    version("ssd_cin_assessments", "2026-07-15", "infinity", cina_assessment_id="A3", cina_person_id="CA3",
            cina_referral_id="RA3", cina_assessment_auth_date="2026-03-01")  # fmt: skip
    for night in (BEFORE, AFTER):
        loaded(night)
        night_with_data.build(at(connection, night))
    return connection


def ask(connection, **points):
    before = points.get("before", (BEFORE, values.point("year", BEFORE, BEFORE)))
    after = points.get("after", (AFTER, values.point("year", AFTER, AFTER)))
    sides = [(at(connection, day), point) for day, point in (before, after)]
    return explain.explain(indicators(SHIPPED)["T03"], "finished", *sides)


def make_values(connection, night):
    use_night(at(connection, night))
    connection.execute(
        "create table indicator_value (indicator_id text, view text, period_kind text, period_end date,"
        " breakdown text, figure text, value numeric)"
    )


@pytest.fixture
def kept(two_nights):
    """A night keeps its values; here one that another definition gave."""
    for night in (BEFORE, AFTER):
        make_values(two_nights, night)
    use_night(at(two_nights, BEFORE))
    two_nights.execute(
        "insert into indicator_value values ('T03', 'finished', 'year', %s, 'whole', 'percent', 20)", (BEFORE,)
    )
    return two_nights


def test_each_reason_has_its_part_and_the_parts_add_up(kept):
    found = ask(kept)
    # 1 of 4; A4 gone: 1 of 3; A3 corrected: 2 of 3; A5 new: 3 of 4. The night kept 20, by another definition.
    third = Decimal(100) / 3
    assert {step.reason: (step.effect and round(step.effect, 6), step.members) for step in found.steps} == {
        "changed definition": (Decimal(5), []),
        "gone": (round(third - 25, 6), ["A4"]),
        "dates corrected": (round(third, 6), ["A3"]),
        "otherwise changed": (Decimal(0), []),
        "new": (round(75 - 2 * third, 6), ["A5"]),
    }
    assert (found.before, found.after) == (20, 75)
    assert round(sum(step.effect for step in found.steps), 6) == found.after - found.before
    assert found.sentence == (
        "T03 from 20.0 to 75.0: dates corrected +33.3 (1 members), gone +8.3 (1 members), new +8.3 (1 members),"
        " changed definition +5.0"
    )


def test_two_periods_of_one_night(kept):
    found = ask(
        kept,
        before=(AFTER, values.point("three_months", date(2026, 6, 30), AFTER)),
        after=(AFTER, values.point("three_months", date(2026, 3, 31), AFTER)),
    )
    assert (found.before, found.after) == (None, 75)
    assert next(step.members for step in found.steps if step.reason == "came into the period") == [
        "A1",
        "A2",
        "A3",
        "A5",
    ]
    assert found.sentence == "T03 from no value to 75.0: came into the period (4 members)"


def test_of_a_record_that_waits_longer_no_date_was_corrected(two_nights, write_row):
    row = {"cina_assessment_id": "A9", "cina_person_id": "C9", "cina_assessment_start_date": "2026-06-01"}
    write_row(two_nights, "ssd_cin_assessments", row | {"seen_from": "2000-01-01"})
    night_with_data.build(at(two_nights, AFTER))
    make_values(two_nights, AFTER)
    earlier, later = ((at(two_nights, AFTER), values.point("snapshot", date(2026, 6, day), AFTER)) for day in (10, 29))
    found = explain.explain(indicators(SHIPPED)["T06"], "members", earlier, later)
    assert {step.reason: step.members for step in found.steps} == {"time passed": ["A9"]}


def test_a_period_that_goes_on_is_not_compared_with_a_whole_one(kept):
    whole, so_far = (values.point("three_months", date(2026, 6, day), AFTER) for day in (30, 29))
    with pytest.raises(StatutoryError, match="is inside a month"):
        ask(kept, before=(AFTER, whole), after=(AFTER, so_far))


def test_without_a_source_there_is_nothing_to_explain(connection, migrated, loaded):
    loaded(BEFORE, absent=["ssd_cin_assessments"])
    night_with_data.build(at(connection, BEFORE))
    with pytest.raises(StatutoryError, match="T03 has no source on 2026-06-30"):
        ask(connection)
