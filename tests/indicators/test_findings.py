"""Findings of an inspection, judged by the values of other indicators at month ends."""

from datetime import date
from decimal import Decimal

import pytest

from councils import SHIPPED, at
from statutory.indicators import results, values
from statutory.indicators.definition import indicators
from statutory.night import use_night
from statutory.warehouse import build

NIGHT = date(2026, 9, 30)
MONTHS = values.month_ends(NIGHT, 24)
TARGET = 90


@pytest.fixture
def judged(connection, add, loaded):
    """What S01 says of one finding whose measure has met its target in the months given, all else alike."""

    def ask(met, *, accepted="2026-01-15", by="board", night=NIGHT, view="A", unknown=()):
        loaded(NIGHT)
        add("inspection", inspection_id="I1", kind="ilacs_standard", start_date="2025-01-13", end_date="2025-01-24")
        add(
            "inspection_finding", finding_id="F1", inspection_id="I1", kind="area_for_improvement",
            owner="service head", state="open", state_since="2025-01-24",
        )  # fmt: skip
        add(
            "finding_measure",
            finding_id="F1",
            indicator_id="X1",
            timeliness_view=view,
            direction="at_least",
            target_value=TARGET,
        )
        add(
            "improvement_action",
            action_id="A1",
            finding_id="F1",
            due_date_original="2025-06-30",
            done_date="2025-06-30",
        )
        add(
            "action_progress", progress_id="G1", action_id="A1", updated_at="2025-06-30T10:00:00Z",
            evidence_kind="audit", accepted_by=by, accepted_at=accepted and f"{accepted}T10:00:00Z",
        )  # fmt: skip
        build.build_night(at(connection, NIGHT))
        use_night(at(connection, NIGHT))
        connection.execute(results.RESULTS)
        rows = [
            ("X1", found, kind, day, day, day, "whole", figure, value, (kind, figure) == ("month", "percent"))
            for day in MONTHS
            for found, kind, figure, value in (
                ("finished", "month", "percent", None if day in unknown else TARGET if day in met else TARGET - 1),
                ("finished", "month", "count", 1000),
                ("finished", "year", "percent", 1000),
                ("due", "month", "percent", 0),
            )
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "insert into indicator_value (indicator_id, view, period_kind, period_start, period_end, as_at,"
                " breakdown, figure, value, is_headline) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                rows,
            )
        asked = [indicators(SHIPPED)["S01"]]
        found = values.values(connection, asked, [values.point("snapshot", night, NIGHT)])
        (state,) = [
            r["figure"] for r in found if r["value"] == 1 and r["figure"] not in ("percent", "count", "claimed")
        ]
        assert [r["value"] for r in found if r["figure"] == "count"] == [int(state in ("evidenced", "sustained"))]
        return state

    return ask


def test_three_month_ends_running_and_accepted_evidence(judged):
    assert judged(MONTHS[-3:]) == "evidenced"


def test_two_month_ends_are_not_enough(judged):
    assert judged(MONTHS[-2:]) == "done not evidenced"


def test_three_month_ends_with_one_missed_between(judged):
    assert judged([MONTHS[-4], MONTHS[-3], MONTHS[-1]]) == "done not evidenced"


def test_evidence_that_nobody_accepted(judged):
    assert judged(MONTHS, accepted=None) == "done not evidenced"


def test_who_owns_the_finding_is_no_second_person(judged):
    assert judged(MONTHS, by="Service head") == "done not evidenced"


def test_accepted_after_the_day(judged):
    assert judged(MONTHS, accepted="2026-07-15", night=date(2026, 6, 30)) == "done not evidenced"


def test_the_other_view_does_not_count(judged):
    assert judged(MONTHS, view="B") == "done not evidenced"


def test_months_before_the_end_of_the_inspection_do_not_count(judged):
    # 31 January 2025 is the first month end after it.
    assert judged(MONTHS, night=date(2025, 2, 28), accepted="2025-02-01") != "evidenced"
    assert MONTHS[0] == date(2024, 10, 31)


def test_held_for_six_months_more(judged):
    assert judged(MONTHS[-9:], accepted="2026-03-31") == "sustained"


def test_held_for_five_months_more(judged):
    assert judged(MONTHS[-8:], accepted="2026-03-31") == "evidenced"


def test_evidence_accepted_less_than_six_months_ago(judged):
    assert judged(MONTHS[-9:], accepted="2026-04-01") == "evidenced"


def test_missed_at_two_month_ends_running(judged):
    assert judged(MONTHS[:-2]) == "slipped back"


def test_missed_at_one_month_end(judged):
    assert judged(MONTHS[:-1]) == "sustained"


def test_a_month_without_a_value_is_neither_held_nor_missed(judged):
    assert judged(MONTHS[:-2], unknown=MONTHS[-2:]) == "sustained"


def test_evidenced_again_after_a_slip(judged):
    assert judged([*MONTHS[:-6], *MONTHS[-3:]]) == "evidenced"


def test_the_change_since_the_inspection(connection, judged):
    judged([*MONTHS[-3:]])
    point = values.point("snapshot", NIGHT, NIGHT)
    found = {r["figure"]: r["value"] for r in values.values(connection, [indicators(SHIPPED)["S03"]], [point])}
    # 89 at the end of December 2024, 90 now.
    assert found == {"difference": Decimal(1), "improved": 1, "measured": 1, "linked": 1}
