"""What is asked first of a section: who waits, since when, held by whom, and what is known of why."""

from datetime import date

import pytest

from councils import SHIPPED, at
from statutory.indicators import results
from statutory.indicators.definition import indicators
from statutory.night import use_night
from statutory.packs import content, findings, waiting
from statutory.warehouse import build

NIGHT = date(2026, 9, 30)


@pytest.fixture
def council(connection, add, loaded):
    """Every day is a working day; assessments of four children began on 1 August, so day 45 was 15 September."""
    loaded(NIGHT)
    for number in range(100):
        day = date.fromordinal(date(2026, 7, 1).toordinal() + number)
        add("calendar_day", day=day, is_working_day=True, working_day_no=number)
    add("local_parameter", name="assessment_working_days", valid_from="2000-01-01", value="45")
    add("allocated_role", role_code="SW", valid_from="2000-01-01", role_kind="social_worker", named_person=True)
    add("ssd_department", dept_team_id="TA", dept_team_name="Safeguarding")
    for name, begun in {"A": "2026-08-01", "B": "2026-08-01", "C": "2026-08-10", "D": "2026-08-16"}.items():
        add("ssd_cin_episodes", cine_referral_id=f"R{name}", cine_person_id=f"C{name}", cine_referral_date=begun)
        add("ssd_cin_assessments", cina_assessment_id=f"A{name}", cina_person_id=f"C{name}",
            cina_referral_id=f"R{name}", cina_assessment_team="TA" if name != "C" else None)  # fmt: skip
    for worker in ("1", "2"):
        add("ssd_professionals", prof_professional_id=f"P{worker}", prof_staff_id=f"S{worker}")
    for number, (child, worker, since) in enumerate((("B", "1", "2026-07-30"), ("C", "2", "2026-09-01"))):
        add("ssd_involvements", invo_involvements_id=f"I{number}", invo_person_id=f"C{child}",
            invo_professional_id=f"P{worker}", invo_professional_role_id="SW",
            invo_involvement_start_date=since)  # fmt: skip
    build.build_night(at(connection, NIGHT))
    use_night(at(connection, NIGHT))
    results.keep(at(connection, NIGHT), [indicators(SHIPPED)["T03"]])
    return connection


def test_who_waits_since_when_and_what_is_known_of_why(council):
    found = waiting.past_target(at(council, NIGHT), "T03")
    told = waiting.listing("any", found, 2)
    # Day 45 of 1 August is 15 September, 15 days before the night; of 10 August 24 September; 16 August is due today.
    assert told.rows == [
        ("AA", "CA", "", "Safeguarding", "2026-09-15", "no social worker", "15"),
        ("AB", "CB", "P1", "Safeguarding", "2026-09-15", "", "15"),
    ]
    assert told.total == 3
    assert waiting.listing("any", found, 9).rows[2] == (
        "AC", "CC", "P2", "", "2026-09-24", "new social worker since 2026-09-01", "6",
    )  # fmt: skip


def test_the_sentences_count_them(council):
    assert waiting.sentences(waiting.past_target(at(council, NIGHT), "T03")) == [
        "3 are overdue now; the longest is 15 working days over.",
        "Held by: Safeguarding 2, no team recorded 1.",
        "Of them: 1 without a social worker, 1 with a social worker who came after it began.",
    ]


def test_nobody_waits(council):
    assert waiting.sentences(waiting.past_target(at(council, NIGHT), "T40")) == ["None is overdue now."]


def test_the_teams_beyond_the_third_are_counted_together():
    row = {"over": 1, "is_unallocated": False, "is_new_worker": None, "is_agency": False}
    found = [row | {"team": team} for team in "AABBCCDE"]
    assert waiting.sentences(found)[1:] == [
        "Held by: A 2, B 2, C 2, 2 other teams 2.",
        "Each has a social worker of our own.",  # when it began is not known
    ]
    told = waiting.sentences([row | {"team": "A", "is_new_worker": False} for row in found])
    assert told[-1] == "Each has had the same social worker of our own throughout."


def test_ten_questions_are_answered_each_from_indicators_of_its_section():
    asked = {planned["id"]: planned for planned in content.plan() if "asked" in planned}
    assert len(asked) == 10
    for planned in asked.values():
        named = [*planned["asked"]["figures"], *filter(None, [planned["asked"].get("waiting")])]
        assert set(named) <= set(planned["figures"])
        assert set(named) <= set(indicators(SHIPPED))


def test_the_measures_that_did_not_move_are_named():
    found = [
        {"measure": name, "moved": moved}
        for name, moved in (("One", "better, target met"), ("Two", "did not move, target not met"),
                            ("Three", "better, target met"))
    ]  # fmt: skip
    assert findings.sentences(found) == [
        "2 of 3 measures: better, target met.",
        "1 of 3 measures: did not move, target not met (Two).",
    ]
