"""The rules on a return built from a night: whom a failure is about, since when it is open, and what was submitted."""

from datetime import date, timedelta

import pytest

from statutory import outputs
from statutory.errors import StatutoryError
from statutory.returns import build, fix_list, submission
from statutory.returns.gaps import gaps
from statutory.returns.night import check_return
from statutory.settings import settings
from statutory.warehouse.build import build_night

NIGHT = date(2025, 10, 15)
NEXT = NIGHT + timedelta(days=1)
COLLECTION = build.collection("csww", 2025)


def check(connection, night=NIGHT, collection=COLLECTION):
    """Build and check a return: what each rule came to."""
    build_night(connection, night)
    records = sum(build.build_return(connection, collection, night).values())
    outcomes = check_return(connection, collection, night, records)
    connection.execute("drop table pg_temp.rule_finding")
    return {outcome.rule.id: outcome for outcome in outcomes}


def failures(connection, rule, night=NIGHT):
    return connection.execute(
        "select worker_id, team_id, first_seen from quality.rule_failure where rule = %s and night = %s order by 1, 3",
        (rule, night),
    ).fetchall()


@pytest.fixture
def workers(employ):
    """Two workers, of whom the second has an ethnicity that is no code."""
    employ("W1", ("P1", "2020-01-01", None, "1"), ethnicity_code="WBRI", qualification_level="2", step_up_grad=0)
    employ("W2", ("P3", "2020-01-01", None, "1"), ethnicity_code="XXXX", qualification_level="2", step_up_grad=0)


def test_a_failure_says_whose_record_it_is_and_keeps_its_first_night(connection, workers):
    check(connection)
    assert failures(connection, "CSWW043") == [("W2", "TA", NIGHT)]
    check(connection, NEXT)
    assert failures(connection, "CSWW043", NEXT) == [("W2", "TA", NIGHT)]
    listed = [row for row in fix_list.rows(connection, COLLECTION, NEXT) if row[7] == "CSWW043"]
    assert [(row[0], row[2], row[5], row[6], row[11], row[12]) for row in listed] == [
        ("TA", "W2", "SW2", "Ethnicity", NIGHT, 1)
    ]


def test_a_failure_that_comes_back_begins_again(connection, workers):
    check(connection)
    connection.execute("update history.hr_worker set ethnicity_code = 'WIRI' where worker_id = 'W2'")
    check(connection, NEXT)
    assert failures(connection, "CSWW043", NEXT) == []
    connection.execute("update history.hr_worker set ethnicity_code = 'XXXX' where worker_id = 'W2'")
    later = NEXT + timedelta(days=1)
    check(connection, later)
    assert failures(connection, "CSWW043", later) == [("W2", "TA", later)]


def test_a_night_checked_again_gives_the_same_rows(connection, workers):
    kept = []
    for _ in range(2):
        check(connection)
        kept.append(
            [
                connection.execute(
                    f"select * from quality.{table} where night = %s order by {order}", (NIGHT,)
                ).fetchall()
                for table, order in (("rule_failure", "rule, module, row_id, field"), ("readiness", "1"))
            ]
        )
    assert kept[0] == kept[1]
    assert kept[0][0]


def test_readiness_counts_errors_and_their_change_and_the_days_to_the_deadline(connection, workers):
    outcomes = check(connection)
    connection.execute("update history.hr_worker set ethnicity_code = 'WIRI' where worker_id = 'W2'")
    check(connection, NEXT)
    errors = sum(o.failures for o in outcomes.values() if o.rule.severity == "error")
    rows = connection.execute(
        "select night, is_provisional, records, errors, errors_before, due_on, days_to_deadline from quality.readiness"
        " order by night"
    ).fetchall()
    assert rows == [
        (NIGHT, False, 4, errors, None, date(2025, 10, 31), 16),
        (NEXT, False, 4, errors - 1, errors, date(2025, 10, 31), 15),
    ]


@pytest.mark.parametrize(
    ("night", "years"),
    [
        (date(2025, 9, 29), [2024, 2025]),
        (date(2025, 9, 30), [2025]),  # the reference date
        (date(2025, 10, 1), [2025, 2026]),
        (date(2026, 3, 31), [2025, 2026]),
    ],
)
def test_open_are_the_newest_that_ended_and_the_one_that_goes_on(night, years):
    assert [one.year for one in build.open_on("csww", night)] == years


def test_a_return_before_its_reference_date_is_provisional(connection, workers):
    check(connection, NIGHT, build.collection("csww", 2026))
    assert connection.execute("select collection_year, is_provisional from quality.readiness").fetchall() == [
        (2026, True)
    ]


def test_the_cases_of_all_workers_are_compared_with_the_case_system(connection, workers, add):
    assert check(connection)["CSWW078"].state == "passed"  # none here and none there
    add("ssd_professionals", prof_professional_id="X1", prof_social_worker_registration_no="SW999")
    add(
        "ssd_involvements", invo_involvements_id="I1", invo_person_id="C1", invo_professional_id="X1",
        invo_professional_role_id="SW", invo_involvement_start_date="2025-01-06",
    )  # fmt: skip
    assert check(connection)["CSWW078"].failures == 1  # a worker whom HR does not know holds a child


def test_a_directors_post_in_scope_is_found(connection, employ, add):
    add(
        "hr_post", post_id="PD", valid_from="2010-01-01", team_id="TA", csww_scope=True, csww_role="1",
        funded_fte="1", budget_status="permanent", leadership_tag="dcs",
    )  # fmt: skip
    employ("W1", ("P1", "2020-01-01", None, "1"))
    employ("W3", ("PD", "2020-01-01", None, "1"))
    check(connection)
    assert [worker for worker, _, _ in failures(connection, "CSWW097")] == ["W3"]


@pytest.fixture
def out(tmp_path, monkeypatch):
    monkeypatch.setenv("STATUTORY_OUT", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    settings.cache_clear()


def test_what_was_submitted_is_what_the_next_year_compares_with(connection, workers, out):
    following = build.collection("csww", 2026)
    assert check(connection, NIGHT, following)["CSWW099"].not_run == "CSWWWorker_last is not there"
    check(connection)
    with outputs.written(NIGHT, "csww_2025.xml") as path:
        path.write_text("any")
    assert submission.submit(connection, COLLECTION, NIGHT, "director") == 4  # header, authority, two workers
    connection.execute("delete from history.hr_worker where worker_id = 'W2'")
    connection.execute("delete from history.hr_contract where worker_id = 'W2'")
    assert check(connection, NEXT, following)["CSWW099"].failures == 1
    kept = connection.execute("select collection_year, night, signed_off_by, records from ops.submission").fetchall()
    assert kept == [(2025, NIGHT, "director", 4)]
    connection.execute("drop schema submitted_csww_2025 cascade")


def test_a_file_submitted_from_elsewhere_takes_its_place(connection, workers, out):
    file = out / "last.xml"
    file.write_text("<Message><CSWWWorker><AgencyWorker>0</AgencyWorker><SWENo>SW77</SWENo></CSWWWorker></Message>")
    for _ in range(2):
        assert submission.submit_file(connection, COLLECTION, file, "director") == 1
    outcomes = check(connection, NIGHT, build.collection("csww", 2026))
    assert outcomes["CSWW099"].failures == 1
    connection.execute("drop schema submitted_csww_2025 cascade")


@pytest.mark.parametrize(
    ("night", "year", "message"),
    [
        (NIGHT, 2026, "csww_2026 of the night 2025-10-15 is provisional: its reference date is 2026-09-30"),
        (NIGHT, 2025, "csww_2025 is not built from the night 2025-10-15"),
    ],
)
def test_what_cannot_be_submitted_says_why(connection, migrated, night, year, message):
    with pytest.raises(StatutoryError, match=message):
        submission.submit(connection, build.collection("csww", year), night, "director")


def test_a_return_whose_file_was_not_written_is_not_submitted(connection, workers, out):
    check(connection)
    with pytest.raises(StatutoryError, match=r"csww_2025\.xml of the night 2025-10-15 is not there"):
        submission.submit(connection, COLLECTION, NIGHT, "director")


def test_the_gaps_say_of_which_records_a_field_is_wanted_and_missing(connection, employ):
    employ("W1", ("P1", "2020-01-01", None, "1"), qualification_level="2")
    employ("W2", ("P3", "2020-01-01", "2025-03-31", "1"))
    check(connection)
    found = {(gap.module, gap.field): (gap.required_of, gap.records, gap.missing)
             for gap in gaps(connection, COLLECTION, NIGHT)}  # fmt: skip
    assert found["CSWWWorker", "QualLevel"] == ("employed", 2, 1)
    assert found["CSWWWorker", "LeaverDestination"] == ("leaver", 1, 0)
    assert found["CSWWWorker", "Cases30"] == ("in post", 1, 0)
    assert found["CSWWWorker", "RRPayments"] == ("", 2, 2)
    assert found["LALevel", "OtherAllowances"] == ("every record", 1, 0)
    assert ("CSWWWorker", "GenderCurrent") not in found  # which 2025 does not have
