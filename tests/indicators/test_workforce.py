"""Workforce and allocation: boundaries that the given cases leave open; expected values worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from statutory.indicators import evaluate

pytestmark = pytest.mark.usefixtures("server")


POST = {
    "columns": ["post_id", "valid_from", "team_id", "csww_scope", "csww_role"],
    "rows": [["P1", "2018-01-01", "TA", "true", "5"]],
}


def workforce(*contracts):
    """Rows of employed workers: worker, contract, first day, last day, FTE."""
    workers = sorted({worker for worker, *_ in contracts})
    return {
        "hr_post": POST,
        "hr_worker": {"columns": ["worker_id", "swe_number"], "rows": [[w, f"SW{w[1:]}"] for w in workers]},
        "hr_contract": {
            "columns": ["worker_id", "contract_id", "start_date", "end_date", "fte", "post_id", "contract_type"],
            "rows": [[*contract, "P1", "permanent"] for contract in contracts],
        },
    }


@pytest.mark.parametrize(("basis", "numerator", "denominator"), [("daily", "0.5", "1"), ("census", "0.8", "1")])
def test_a_leaver_brings_the_last_hours_or_in_the_census_those_of_a_year_before(basis, numerator, denominator):
    rows = workforce(
        ("W1", "K1", "2020-01-01", "2026-03-31", "0.8"), ("W1", "K2", "2026-04-01", "2026-06-30", "0.5"),
        ("W2", "K3", "2025-10-01", "2026-02-28", "0.0"), ("W3", "K4", "2020-01-01", None, "1.0"),
    )  # fmt: skip
    answer = evaluate("W14", rows, date(2026, 9, 30), period_start=date(2025, 10, 1), parameters={"basis": basis})
    assert (answer.numerator, answer.denominator) == (Decimal(numerator), Decimal(denominator))


@pytest.mark.parametrize(("basis", "in_post", "left"), [("daily", 2, 1), ("census", 1, 1)])
def test_who_leaves_on_the_census_day_left_in_the_year_and_is_in_post_only_in_the_daily_view(basis, in_post, left):
    rows = workforce(("W1", "K1", "2020-01-01", "2025-09-30", "1"), ("W2", "K2", "2020-01-01", None, "1"))
    answer = evaluate("W14", rows, date(2025, 9, 30), period_start=date(2024, 10, 1), parameters={"basis": basis})
    assert (answer.numerator, answer.denominator) == (left, in_post)


@pytest.mark.parametrize(
    ("start", "end", "days"), [("2023-10-01", "2024-09-30", 254), ("2024-10-01", "2025-09-30", 253)]
)
def test_a_year_with_a_leap_day_has_254_working_days(start, end, days):
    rows = workforce(("W1", "K1", "2020-01-01", None, "0.5"))
    answer = evaluate("W22", rows, date.fromisoformat(end), period_start=date.fromisoformat(start))
    assert (answer.numerator or 0, answer.denominator) == (0, Decimal(days) / 2)


def test_a_recorded_part_of_an_absence_is_told_for_its_part_of_the_year():
    # Monday 29 September to Friday 3 October 2025, 2.5 days by HR: two of the five working days lie in the first year.
    rows = workforce(("W1", "K1", "2020-01-01", None, "1"))
    rows["hr_absence"] = {
        "columns": ["absence_id", "worker_id", "absence_type", "start_date", "end_date", "working_days_lost"],
        "rows": [
            ["A1", "W1", "sickness", "2025-09-29", "2025-10-03", "2.5"],
            ["A2", "W1", "other", "2025-09-01", "2025-09-05", "5"],
        ],
    }
    before = evaluate("W22", rows, date(2025, 9, 30), period_start=date(2024, 10, 1))
    after = evaluate("W22", rows, date(2026, 9, 30), period_start=date(2025, 10, 1))
    assert (before.numerator, after.numerator) == (Decimal(1), Decimal("1.5"))


def test_a_worker_who_left_is_nobodys_worker_and_one_found_nowhere_still_is():
    rows = workforce(("W1", "K1", "2020-01-01", "2026-03-16", "1"))
    rows |= {
        "allocated_role": {
            "columns": ["role_code", "valid_from", "role_kind", "named_person"],
            "rows": [["CW", "2000-01-01", "social_worker", "true"], ["FSW", "2000-01-01", "family_support", "true"]],
        },
        "ssd_professionals": {
            "columns": ["prof_professional_id", "prof_social_worker_registration_no"],
            "rows": [["PR1", "SW1"], ["PR9", "SW9"]],
        },
        "ssd_cin_episodes": {
            "columns": ["cine_referral_id", "cine_person_id", "cine_referral_date", "cine_referral_nfa"],
            "rows": [[f"R{n}", f"C{n}", "2026-01-05", "N"] for n in range(1, 5)],
        },
        "ssd_cp_plans": {
            "columns": ["cppl_cp_plan_id", "cppl_person_id", "cppl_cp_plan_start_date"],
            "rows": [["PL4", "C4", "2026-02-02"]],
        },
        "ssd_involvements": {
            "columns": [
                "invo_involvements_id", "invo_person_id", "invo_professional_id", "invo_professional_role_id",
                "invo_involvement_start_date",
            ],
            "rows": [
                ["I1", "C1", "PR1", "CW", "2026-01-06"], ["I2", "C2", "PR9", "CW", "2026-01-06"],
                ["I3", "C3", "PR9", "FSW", "2026-01-06"], ["I4", "C4", "PR9", "FSW", "2026-01-06"],
            ],
        },
    }  # fmt: skip
    # C1's worker left the day before; C3 in need has another named worker, which is not enough for C4 on a plan.
    assert set(evaluate("W26", rows, date(2026, 3, 17)).members["member_key"]) == {"C1", "C4"}
    assert set(evaluate("W26", rows, date(2026, 3, 16)).members["member_key"]) == {"C4"}


def test_agency_staff_are_told_in_hours_and_in_people():
    rows = {
        "agency_worker": {
            "columns": ["agency_worker_id", "swe_number"],
            "rows": [["A1", "SW1"], ["A2", "SW1"], ["A3", "SW3"]],
        },
        "agency_assignment": {
            "columns": ["assignment_id", "agency_worker_id", "start_date", "fte"],
            "rows": [
                ["S1", "A1", "2026-01-05", "0.5"],
                ["S2", "A2", "2026-01-05", "0.3"],
                ["S3", "A3", "2026-01-05", "1"],
            ],
        },
    }
    answer = evaluate("W07", rows, date(2026, 3, 31))
    assert answer.values == {"sum": Decimal("1.8"), "headcount": 2}


@pytest.mark.parametrize(
    ("day", "permanent"),
    [
        ("2026-01-31", 1),  # the first worker alone
        ("2026-02-01", 0),  # from the first day of a second one the later start counts, and this one is found nowhere
        ("2026-02-27", 0),
        ("2026-02-28", 1),  # on its last day the second one is no longer open at the day's end
    ],
)
def test_of_two_open_involvements_the_later_start_counts_while_it_is_open(day, permanent):
    rows = workforce(("W1", "K1", "2020-01-01", None, "1"))
    rows |= {
        "ssd_professionals": {
            "columns": ["prof_professional_id", "prof_social_worker_registration_no"],
            "rows": [["PR1", "SW1"], ["PR9", "SW9"]],
        },
        "ssd_cin_episodes": {
            "columns": ["cine_referral_id", "cine_person_id", "cine_referral_date", "cine_referral_nfa"],
            "rows": [["R1", "C1", "2026-01-05", "N"]],
        },
        "ssd_involvements": {
            "columns": [
                "invo_involvements_id", "invo_person_id", "invo_professional_id", "invo_professional_role_id",
                "invo_involvement_start_date", "invo_involvement_end_date",
            ],
            "rows": [
                ["I1", "C1", "PR1", "CW", "2026-01-06", None], ["I2", "C1", "PR9", "CW", "2026-02-01", "2026-02-28"],
            ],
        },
    }  # fmt: skip
    answer = evaluate("C04", rows, date.fromisoformat(day))
    assert (answer.numerator, answer.denominator) == (permanent, 1)
