"""Boundaries that the given cases leave open; expected values worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from statutory.errors import ContractError, StatutoryError
from statutory.indicators import evaluate

pytestmark = pytest.mark.usefixtures("server")


def table(columns, *rows):
    return {"columns": columns.split(), "rows": [list(row) for row in rows]}


def workforce(*contracts):
    return {
        "hr_post": table("post_id valid_from team_id csww_scope csww_role", ("P1", "2018-01-01", "TA", "true", "5")),
        "hr_worker": table("worker_id swe_number", ("W1", "SW1"), ("W2", "SW2"), ("W3", "SW2")),
        "hr_contract": table("contract_id worker_id post_id start_date end_date contract_type fte", *contracts),
    }


def test_a_source_that_is_not_supplied_is_never_nought():
    answer = evaluate("T40", {}, date(2026, 6, 30), period_start=date(2026, 6, 1), unsupplied=("rhi_offer",))
    assert (answer.value, answer.state) == (None, "no source")


def test_nobody_at_all_has_no_rate():
    assert evaluate("W06", {}, date(2026, 6, 30)).value is None


def test_the_last_day_worked_is_in_post_by_the_day_and_a_leaver_by_the_census():
    rows = workforce(("K1", "W1", "P1", "2020-01-01", "2026-09-30", "permanent", "1.0"))
    assert evaluate("W02", rows, date(2026, 9, 30)).value == 1
    assert evaluate("W02", rows, date(2026, 9, 30), parameters={"basis": "census"}).value == 0
    assert evaluate("W02", rows, date(2026, 9, 29), parameters={"basis": "census"}).value == 1


def test_two_numbers_of_one_registered_person_are_one_head():
    rows = workforce(
        ("K2", "W2", "P1", "2020-01-01", None, "permanent", "0.5"),
        ("K3", "W3", "P1", "2020-01-01", None, "permanent", "0.5"),
    )
    assert evaluate("W02", rows, date(2026, 4, 15)).value == 1


def test_acting_up_is_counted_once_in_the_acting_post():
    rows = workforce(
        ("K1", "W1", "P1", "2020-01-01", None, "permanent", "1.0"),
        ("K2", "W1", "P1", "2026-01-01", "2026-03-31", "acting_up", "0.8"),
    )
    assert evaluate("W09", rows, date(2026, 3, 31)).denominator == Decimal("0.8")
    assert evaluate("W09", rows, date(2026, 4, 1)).denominator == Decimal("1.0")


def test_a_value_that_is_no_date_is_read_as_missing():
    rows = workforce(("K1", "W1", "P1", "today", None, "permanent", "1.0"))
    assert evaluate("W02", rows, date(2026, 4, 15)).value == 0


@pytest.mark.parametrize(
    ("earlier", "boundary", "numerator"),
    [
        ("2025-06-09", "outside", 0),  # the very day 12 months before
        ("2025-06-09", "inside", 1),
        ("2025-06-10", "outside", 1),
        ("2025-06-08", "inside", 0),
    ],
)
def test_re_referral_boundary(earlier, boundary, numerator):
    rows = {
        "ssd_cin_episodes": table(
            "cine_referral_id cine_person_id cine_referral_date cine_referral_nfa cine_close_date",
            ("R1", "C1", earlier, "N", "2025-09-01"),
            ("R2", "C1", "2026-06-09", "N", None),
        )
    }
    answer = evaluate(
        "D05", rows, date(2026, 6, 30), period_start=date(2026, 6, 1), parameters={"rereferral_boundary": boundary}
    )
    assert answer.numerator == numerator


def test_a_referral_inside_an_open_one_is_left_out():
    rows = {
        "ssd_cin_episodes": table(
            "cine_referral_id cine_person_id cine_referral_date cine_referral_nfa cine_close_date",
            ("R1", "C1", "2026-05-01", "N", None),
            ("R2", "C1", "2026-06-09", "N", None),
        )
    }
    assert evaluate("D05", rows, date(2026, 6, 30), period_start=date(2026, 6, 1)).denominator is None


@pytest.mark.parametrize(("night", "expected"), [("2026-06-10", 0), ("2026-06-11", 1)])
def test_due_on_the_night_and_still_open_is_not_yet_decided(night, expected):
    # 45 working days after 2 April 2026 is 10 June: 49 weekdays less 3 and 6 April, 4 and 25 May.
    rows = {
        "ssd_cin_episodes": table("cine_referral_id cine_person_id cine_referral_date", ("R1", "C1", "2026-04-02")),
        "ssd_cin_assessments": table("cina_assessment_id cina_person_id cina_referral_id", ("A1", "C1", "R1")),
    }
    answer = evaluate(
        "T03", rows, date(2026, 6, 30), period_start=date(2026, 6, 1), known_on=date.fromisoformat(night), view="B"
    )
    assert len(answer.members) == expected


@pytest.mark.parametrize(("held", "met"), [("2026-07-06T18:00:00+01:00", True), ("2026-07-06T18:00:01+01:00", False)])
def test_exactly_72_hours_is_met(held, met):
    rows = {
        "ssd_missing": table(
            "miss_table_id miss_person_id miss_missing_episode_type miss_missing_episode_start_date "
            "miss_missing_episode_end_date",
            ("M1", "C1", "Missing", "2026-07-03", "2026-07-03"),
        ),
        "missing_report": table(
            "report_id person_id missing_start_at returned_at miss_table_id",
            ("Q1", "C1", "2026-07-03T02:00:00+01:00", "2026-07-03T18:00:00+01:00", "M1"),
        ),
        "rhi_offer": table("rhi_id miss_table_id person_id offered held_at", ("H1", "M1", "C1", "yes", held)),
    }
    answer = evaluate("T40", rows, date(2026, 7, 31), period_start=date(2026, 7, 1))
    assert answer.members["in_numerator"].tolist() == [met]


def test_an_interview_that_does_not_apply_is_in_neither_part():
    rows = {
        "ssd_missing": table(
            "miss_table_id miss_person_id miss_missing_episode_end_date miss_missing_rhi_offered",
            ("M1", "C1", "2026-07-03", "NA"),
        ),
    }
    assert evaluate("T40", rows, date(2026, 7, 31), period_start=date(2026, 7, 1)).members.empty


def test_an_unknown_indicator_or_column_is_one_clear_error():
    with pytest.raises(StatutoryError, match="no indicator X99"):
        evaluate("X99", {}, date(2026, 4, 15))
    with pytest.raises(ContractError, match="hr_post has no column colour"):
        evaluate("W02", {"hr_post": table("colour", ("red",))}, date(2026, 4, 15))


def test_a_standard_that_the_council_leaves_out_is_the_one_that_the_product_ships():
    rows = {
        "local_parameter": table("name valid_from value", ("own_la", "2000-01-01", "990")),
        "ssd_cin_episodes": table("cine_referral_id cine_person_id cine_referral_date", ("R1", "C1", "2026-04-02")),
        "ssd_cin_assessments": table(
            "cina_assessment_id cina_person_id cina_referral_id cina_assessment_auth_date",
            ("A1", "C1", "R1", "2026-06-10"),
        ),
    }
    # 49 weekdays less 4 bank holidays are 45 working days.
    answer = evaluate("T03", rows, date(2026, 6, 30), period_start=date(2026, 1, 1), view="A")
    assert answer.value == 100
    rows["local_parameter"]["rows"].append(["assessment_working_days", "2000-01-01", "44"])
    assert evaluate("T03", rows, date(2026, 6, 30), period_start=date(2026, 1, 1), view="A").value == 0
