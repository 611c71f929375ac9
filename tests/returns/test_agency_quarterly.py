"""The quarterly collection about agency workers: which assignments are in it, and its rules."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from councils import at, return_of
from statutory.returns import build, validate
from statutory.returns.night import check_return
from statutory.warehouse.build import build_night

NIGHT = date(2025, 10, 15)
QUARTER = return_of("agency_quarterly").collection(20253)


@pytest.mark.parametrize(
    ("night", "quarters"),
    [
        (date(2024, 12, 31), []),
        (date(2025, 1, 1), [20251]),
        (date(2025, 3, 31), [20251]),  # its last day: ended, and nothing has begun
        (date(2025, 4, 1), [20251, 20252]),
    ],
)
def test_open_are_the_quarter_that_ended_last_and_the_one_that_goes_on(night, quarters):
    assert [one.period.label for one in return_of("agency_quarterly").open_on(night)] == list(map(str, quarters))


def test_a_quarter_is_due_two_months_after_it():
    first = return_of("agency_quarterly").collection(20251)
    period = first.period
    assert (period.first_day, period.last_day, first.due) == (date(2025, 1, 1), date(2025, 3, 31), date(2025, 5, 31))


@pytest.fixture
def booked(council, add, connection):
    """Assignments around the third quarter of 2025 of an authority in London with a cap of 33.00."""
    add("authority", la_code="990", valid_from="2000-01-01", la_name="Any", region="London", agency_region="London")
    add("agency_rate_cap", region="London", role_group="social worker", valid_from="2025-01-01", cap_hour="33.00")
    common = {
        "assignment_type": "individual",
        "role_group": "social worker",
        "employer_ni_hour": "3.80",
        "levy_hour": "0.20",
    }
    for number, start, end, pay, approved in (
        (1, "2025-06-02", "2025-07-01", "29.00", None),  # the first day of the quarter
        (2, "2025-06-02", "2025-06-30", "29.00", None),
        (3, "2025-09-30", None, "29.01", None),  # a penny above the cap
        (4, "2025-08-04", None, "40.00", True),
        (5, "2025-10-01", None, "29.00", None),
    ):
        add("agency_worker", agency_worker_id=f"AG{number}", swe_number=f"SW{number}", pqe_direct_months=36)
        add(
            "agency_assignment", assignment_id=f"AS{number}", agency_worker_id=f"AG{number}", start_date=start,
            end_date=end, pay_rate_hour=pay, cap_exception_approved=approved, team_id="TA", notice_days_terms=28,
            **common,
        )  # fmt: skip
    for number, week, amount in (
        (1, "2025-07-06", "100"),
        (2, "2025-07-27", "50"),
        (3, "2025-08-03", "30"),
        (4, "2025-10-05", "9"),
    ):
        add("agency_invoice", invoice_line_id=f"L{number}", assignment_id="AS1", week_ending=week, amount_net=amount)
    build_night(at(connection, NIGHT))
    records = sum(build.build_return(at(connection, NIGHT), QUARTER).values())
    return {outcome.rule.id: outcome for outcome in check_return(at(connection, NIGHT), QUARTER, records)}


def test_assignments_with_a_day_in_the_quarter_are_in_it(booked, connection):
    rows = connection.execute("select assignment_id, hourly_rate, capped_hourly_amount from Assignment order by 1")
    assert rows.fetchall() == [
        ("AS1", Decimal("29.00"), Decimal("33.00")),
        ("AS3", Decimal("29.01"), Decimal("33.01")),
        ("AS4", Decimal("40.00"), Decimal("44.00")),
    ]
    row = connection.execute(
        "select open_assignments, workers, above_cap, above_cap_approved, cost_first_month, cost_second_month,"
        " cost_third_month from AuthorityQuarter"
    ).fetchone()
    assert row == (2, 3, 2, 1, Decimal(150), Decimal(30), None)


def test_above_the_cap_without_approval_is_a_query(booked, connection):
    assert (booked["CSWW112"].state, booked["CSWW112"].failures) == ("failed", 1)
    assert connection.execute("select row_id from rule_finding where rule = 'CSWW112'").fetchall() == [(1,)]
    assert {name for name, outcome in booked.items() if outcome.state != "passed"} == {"CSWW112"}


CASES = {
    "CSWW110": (
        {
            "swe_number": ["SW1", None, "SW1", "SW1", "SW1"],
            "job_type": ["Social Worker", "team manager", "clerk", "team manager", "team manager"],
            "hourly_rate": ["30", "30", "30", None, "30"],
            "start_date": ["2025-07-01", "2025-07-01", "2025-07-01", "2025-07-01", None],
        },
        [1, 2, 3, 4],
    ),
    "CSWW111": (
        {
            "start_date": ["2025-09-30", "2025-10-01", "2025-07-02", "2025-06-01", "2025-06-01"],
            "end_date": [None, None, "2025-07-01", "2025-06-30", "2025-07-01"],
        },
        [1, 2, 3],
    ),
    "CSWW113": (
        {
            "left_substantive_on": ["2025-03-31", "2025-03-31", None, "2024-11-30"],
            "start_date": ["2025-06-29", "2025-06-30", "2025-07-01", "2025-02-28"],  # three months end with February
        },
        [0],
    ),
    "CSWW114": ({"experience_months": ["35", "36", None]}, [0]),
    "CSWW115": ({"notice_days": ["28", "27", "29", None]}, [1, 2]),
}


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_finds_the_assignments_that_fail_and_no_other(scratch, rule):
    columns, fails = CASES[rule]
    found = validate(
        "agency_quarterly", 20253, {"Assignment": pd.DataFrame(columns, dtype=object)}, rules=[rule], connection=scratch
    )
    assert found.to_numpy().tolist() == [[rule, "Assignment", row] for row in fails]


def test_the_census_is_compared_with_the_assignments_open_on_its_day(connection, council, employ, add):
    employ("W1", ("P1", "2020-01-01", None, "1"))
    add("agency_worker", agency_worker_id="AG1", swe_number="SW91")
    add(
        "agency_assignment",
        assignment_id="AS1",
        agency_worker_id="AG1",
        start_date="2025-01-06",
        end_date="2025-09-30",
        fte="1",
    )
    census = return_of("csww").collection(2025)
    build_night(at(connection, NIGHT))
    build.build_return(at(connection, NIGHT), census)
    outcomes = {o.rule.id: o for o in check_return(at(connection, NIGHT), census, 0)}
    assert outcomes["CSWW116"].state == "passed"
    connection.execute("delete from CSWWWorker where AgencyWorker = '1'")
    outcomes = {o.rule.id: o for o in check_return(at(connection, NIGHT), census, 0)}
    assert outcomes["CSWW116"].state == "failed"
