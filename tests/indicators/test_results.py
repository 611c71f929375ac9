"""What a night keeps beside values: limits of chance, the morning's worklist, breakdowns that add up."""

from datetime import date
from decimal import Decimal

import pytest

from councils import SHIPPED, at
from statutory.indicators import results, values
from statutory.indicators.definition import indicators
from statutory.night import use_night
from statutory.quality import night as night_with_data

NIGHT = date(2026, 9, 30)


@pytest.fixture
def night(connection, add, loaded):
    """A built night with a calendar in which every day is a working day."""
    loaded(NIGHT)
    for number in range(730):
        day = date.fromordinal(date(2025, 1, 1).toordinal() + number)
        add("calendar_day", day=day, is_working_day=True, working_day_no=number)
    add("local_parameter", name="assessment_working_days", valid_from="2000-01-01", value="45")
    night_with_data.build(at(connection, NIGHT))
    use_night(at(connection, NIGHT))
    return connection


def series(connection, indicator, kind, numbers):
    """Keep the numbers as the newest points of an indicator's series, oldest first."""
    ends = values.month_ends(NIGHT, len(numbers))
    for end, number in zip(ends, numbers, strict=True):
        connection.execute(
            "insert into indicator_value"
            " values (%s, 'members', %s, %s, %s, %s, 'whole', null, null, null, null, %s, %s, true)",
            (indicator, kind, end, end, end, indicators(SHIPPED)[indicator].main_figures[0], number),
        )


def limits(connection, indicator):
    results.keep_limits(connection, [indicators(SHIPPED)[indicator]])
    return connection.execute(
        "select points, mean, lower_limit, upper_limit, signal from indicator_limit where indicator_id = %s",
        (indicator,),
    ).fetchone()


@pytest.fixture
def kept(night):
    night.execute(results.RESULTS)
    return night


def test_limits_are_the_mean_and_266_mean_moving_ranges(kept):
    series(kept, "D11", "snapshot", [100, 104] * 6)
    points, mean, lower, upper, signal = limits(kept, "D11")
    assert (points, mean, signal) == (12, 102, None)
    assert (lower, upper) == (Decimal("91.36"), Decimal("112.64"))  # 102 less and plus 2.66 times 4


def test_eleven_points_say_nothing_about_chance(kept):
    series(kept, "D11", "snapshot", [100, 104] * 5 + [100])
    assert limits(kept, "D11") is None


def test_a_point_outside_the_limits_is_a_signal(kept):
    series(kept, "D11", "snapshot", [100, 101] * 10 + [120])
    assert limits(kept, "D11")[4] == "above the limits"


def test_eight_running_on_one_side_are_a_signal(kept):
    series(kept, "D11", "snapshot", [10, 14] * 8 + [9, 11, 9, 11, 9, 11, 9, 11])
    assert limits(kept, "D11")[4] == "eight running below the mean"


def test_a_count_has_no_limit_below_nought_and_a_share_none_above_a_hundred(kept):
    series(kept, "D11", "snapshot", [0, 20] * 6)
    assert limits(kept, "D11")[2] == 0
    series(kept, "D24", "snapshot", [100, 80] * 6)
    assert limits(kept, "D24")[3] == 100


def test_of_a_quarter_each_third_point_counts(kept):
    one = indicators(SHIPPED)["D04"]
    series(kept, one.id, "three_months", [1, 50, 60] * 12)  # the newest is a 60, and with it each third
    points, mean, *_ = limits(kept, one.id)
    assert (points, mean) == (12, 60)


def test_a_worklist_holds_what_is_past_and_what_is_due_within_five_working_days(night, add):
    # Day 45 is 30 September less 45 days: 16 August. Each begun a day later is due a day later.
    for name, begun in {"P": "2026-08-15", "T": "2026-08-16", "F": "2026-08-21", "L": "2026-08-22"}.items():
        add("ssd_cin_episodes", cine_referral_id=f"R{name}", cine_person_id=f"C{name}", cine_referral_date=begun)
        add("ssd_cin_assessments", cina_assessment_id=f"A{name}", cina_person_id=f"C{name}",
            cina_referral_id=f"R{name}", cina_assessment_team="TA")  # fmt: skip
    night_with_data.build(at(night, NIGHT))
    results.keep(at(night, NIGHT), [indicators(SHIPPED)["T03"]])
    assert night.execute("select member_key, team_id, working_days_left from worklist order by 1").fetchall() == [
        ("AF", "TA", 5),
        ("AP", "TA", -1),
        ("AT", "TA", 0),
    ]


def test_parts_of_a_breakdown_add_up_and_what_is_not_recorded_is_a_part(night, add):
    for child, born, sex in (("C1", "2026-02-01", "F"), ("C2", "2010-09-30", "M"), ("C3", None, None)):
        add("ssd_person", pers_person_id=child, pers_dob=born, pers_sex=sex)
        add("ssd_cin_episodes", cine_referral_id=f"R{child}", cine_person_id=child, cine_referral_date="2026-09-01")
    add("ssd_disability", disa_table_id="D1", disa_person_id="C1", disa_disability_code="NONE")
    add("ssd_disability", disa_table_id="D2", disa_person_id="C2", disa_disability_code="AUT")
    night_with_data.build(at(night, NIGHT))
    results.keep(at(night, NIGHT), [indicators(SHIPPED)["D11"]])
    found = night.execute(
        "select breakdown, part, value from indicator_value where period_end = %s and figure = 'count'"
        " and breakdown in ('whole', 'age band', 'sex', 'disability') order by 1, 2",
        (NIGHT,),
    ).fetchall()
    assert found == [
        ("age band", "16 and 17", 1),  # sixteen on the day
        ("age band", "not recorded", 1),
        ("age band", "under 1", 1),
        ("disability", "disabled", 1),
        ("disability", "not disabled", 1),
        ("disability", "not recorded", 1),
        ("sex", "F", 1),
        ("sex", "M", 1),
        ("sex", "not recorded", 1),
        ("whole", None, 3),
    ]


def test_a_team_that_became_another_keeps_one_series(night, add):
    add("team_map", hr_team_id="OLD", valid_from="2026-01-01", dept_team_id="NEW")
    for number, team in enumerate(("OLD", "NEW", "NEW")):
        add("ssd_cin_episodes", cine_referral_id=f"R{number}", cine_person_id=f"C{number}",
            cine_referral_date="2026-09-01", cine_referral_team=team)  # fmt: skip
    night_with_data.build(at(night, NIGHT))
    results.keep(at(night, NIGHT), [indicators(SHIPPED)["D11"]])
    assert night.execute(
        "select part, value from indicator_value where breakdown = 'team' and period_end = %s", (NIGHT,)
    ).fetchall() == [("NEW", 3)]
