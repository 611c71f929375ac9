"""The rules on a return built from a night: whom a failure is about, since when it is open, and what was submitted."""

import dataclasses
from datetime import date, timedelta

import pytest

from councils import at, return_of
from statutory import outputs
from statutory.errors import StatutoryError
from statutory.returns import build, fix_list, layout, submission
from statutory.returns.gaps import gaps
from statutory.returns.night import check_return, keep_failures
from statutory.warehouse.build import build_night

NIGHT = date(2025, 10, 15)
NEXT = NIGHT + timedelta(days=1)
COLLECTION = return_of("csww").collection(2025)


def check(connection, night=NIGHT, collection=COLLECTION):
    """Build and check a return: what each rule came to."""
    build_night(at(connection, night))
    records = sum(build.build_return(at(connection, night), collection).values())
    return {outcome.rule.id: outcome for outcome in check_return(at(connection, night), collection, records)}


def failures(connection, rule, night=NIGHT):
    return connection.execute(
        "select worker_id, team_id, first_seen from quality.rule_failure"
        " where rule = %s and %s between first_seen and last_seen order by 1, 3",
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
    listed = [row for row in fix_list.rows(at(connection, NEXT), COLLECTION) if row[7] == "CSWW043"]
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


def spells(connection, rule="CSWW043"):
    return connection.execute(
        "select worker_id, first_seen, last_seen from quality.rule_failure where rule = %s order by 1, 2", (rule,)
    ).fetchall()


def ethnicity(connection, code):
    connection.execute("update history.hr_worker set ethnicity_code = %s where worker_id = 'W2'", (code,))


LATER = NEXT + timedelta(days=1)


def test_a_night_checked_again_gives_the_same_rows(connection, workers):
    for night in (NIGHT, NEXT, LATER):
        check(connection, night)
    kept = [
        connection.execute(f"select * from quality.{table} order by {table}").fetchall()
        for table in ("rule_failure", "readiness")
    ]
    assert spells(connection) == [("W2", NIGHT, LATER)]
    for night in (NEXT, NIGHT, LATER):  # in the middle, the first and the last
        check(connection, night)
        assert kept == [
            connection.execute(f"select * from quality.{table} order by {table}").fetchall()
            for table in ("rule_failure", "readiness")
        ]


@pytest.mark.parametrize(
    ("night", "left"),
    [
        (NIGHT, [("W2", NEXT, LATER)]),
        (NEXT, [("W2", NIGHT, NIGHT), ("W2", LATER, LATER)]),
        (LATER, [("W2", NIGHT, NEXT)]),
    ],
)
def test_a_night_made_again_without_a_failure_leaves_what_other_nights_found(connection, workers, night, left):
    for one in (NIGHT, NEXT, LATER):
        check(connection, one)
    ethnicity(connection, "WIRI")
    check(connection, night)
    assert spells(connection) == left
    ethnicity(connection, "XXXX")
    check(connection, night)
    assert spells(connection) == [("W2", NIGHT, LATER)]


@pytest.mark.parametrize(
    ("code", "found"), [("XXXX", [("W2", NIGHT, LATER)]), ("WIRI", [("W2", NIGHT, NIGHT), ("W2", LATER, LATER)])]
)
def test_a_night_that_comes_after_a_later_one_joins_or_parts_what_stood(connection, workers, code, found):
    check(connection, NIGHT)
    check(connection, LATER)
    assert spells(connection) == [("W2", NIGHT, LATER)]  # of the night between nothing else is known
    ethnicity(connection, code)
    check(connection, NEXT)
    assert spells(connection) == found


def test_a_failure_of_one_night_alone_is_a_spell_of_that_night(connection, workers):
    ethnicity(connection, "WIRI")
    for night in (NIGHT, LATER):
        check(connection, night)
    ethnicity(connection, "XXXX")
    check(connection, NEXT)
    assert spells(connection) == [("W2", NEXT, NEXT)]


def test_another_years_check_ends_nothing(connection, workers):
    check(connection)
    check(connection, NEXT, return_of("csww").collection(2026))
    check(connection, LATER)
    assert ("W2", NIGHT, LATER) in spells(connection)


def test_two_rows_about_the_same_are_two_failures_and_two_lines(connection, workers):
    check(connection)
    connection.execute("delete from rule_finding")
    build.point_at(at(connection, NIGHT), COLLECTION)
    connection.execute("update cswwworker set (worker_id, team_id, sweno) = ('W1', 'TA', 'SW1')")
    connection.execute("insert into rule_finding select 'CSWW043', 'CSWWWorker', row_id, '' from cswwworker")
    keep_failures(at(connection, NIGHT), COLLECTION)
    keys = connection.execute("select right(record_key, 2) from quality.rule_failure order by 1").fetchall()
    assert keys == [("#1",), ("#2",)]
    assert [row[5] for row in fix_list.rows(at(connection, NIGHT), COLLECTION)] == ["SW1", "SW1"]


def test_two_fields_that_name_a_record_are_one_name(connection, workers, monkeypatch):
    known = layout.modules(return_of("csww"))
    doubled = known | {
        "CSWWWorker": tuple(
            dataclasses.replace(field, names_record=field.name in {"SWENo", "AgencyWorker"})
            for field in known["CSWWWorker"]
        )
    }
    monkeypatch.setattr(layout, "modules", lambda _: doubled)
    check(connection)
    listed = [row[5] for row in fix_list.rows(at(connection, NIGHT), COLLECTION) if row[7] == "CSWW043"]
    assert listed == ["0 SW2"]


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
    assert [one.period.year for one in return_of("csww").open_on(night)] == years


def test_a_return_before_its_reference_date_is_provisional(connection, workers):
    check(connection, NIGHT, return_of("csww").collection(2026))
    assert connection.execute("select period, is_provisional from quality.readiness").fetchall() == [("2026", True)]


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


def test_what_was_submitted_is_what_the_next_year_compares_with(connection, workers, tmp_path):
    following = return_of("csww").collection(2026)
    assert check(connection, NIGHT, following)["CSWW099"].not_run == "CSWWWorker_last is not there"
    check(connection)
    with outputs.written(at(connection, NIGHT, out=tmp_path), "csww_2025.xml") as path:
        path.write_text("any")
    assert (
        submission.submit(at(connection, NIGHT, out=tmp_path), COLLECTION, "director") == 4
    )  # header, authority, two workers
    connection.execute("delete from history.hr_worker where worker_id = 'W2'")
    connection.execute("delete from history.hr_contract where worker_id = 'W2'")
    assert check(connection, NEXT, following)["CSWW099"].failures == 1
    kept = connection.execute("select period, night, signed_off_by, records from ops.submission").fetchall()
    assert kept == [("2025", NIGHT, "director", 4)]
    connection.execute("drop schema submitted_csww_2025 cascade")


def test_a_file_submitted_from_elsewhere_takes_its_place(connection, workers, tmp_path):
    file = tmp_path / "last.xml"
    file.write_text("<Message><CSWWWorker><AgencyWorker>0</AgencyWorker><SWENo>SW77</SWENo></CSWWWorker></Message>")
    for _ in range(2):
        assert submission.submit_file(connection, COLLECTION, file, "director") == 1
    outcomes = check(connection, NIGHT, return_of("csww").collection(2026))
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
        submission.submit(at(connection, night), return_of("csww").collection(year), "director")


def test_a_return_whose_file_was_not_written_is_not_submitted(connection, workers, tmp_path):
    check(connection)
    with pytest.raises(StatutoryError, match=r"csww_2025\.xml of the night 2025-10-15 is not there"):
        submission.submit(at(connection, NIGHT, out=tmp_path), COLLECTION, "director")


def test_the_gaps_say_of_which_records_a_field_is_wanted_and_missing(connection, employ):
    employ("W1", ("P1", "2020-01-01", None, "1"), qualification_level="2")
    employ("W2", ("P3", "2020-01-01", "2025-03-31", "1"))
    check(connection)
    found = {(gap.module, gap.field): (gap.required_of, gap.records, gap.missing)
             for gap in gaps(at(connection, NIGHT), COLLECTION)}  # fmt: skip
    assert found["CSWWWorker", "QualLevel"] == ("employed", 2, 1)
    assert found["CSWWWorker", "LeaverDestination"] == ("leaver", 1, 0)
    assert found["CSWWWorker", "Cases30"] == ("in post", 1, 0)
    assert found["CSWWWorker", "RRPayments"] == ("", 2, 2)
    assert found["LALevel", "OtherAllowances"] == ("every record", 1, 0)
    assert ("CSWWWorker", "GenderCurrent") not in found  # which 2025 does not have
