"""The page of a night's checks: what failed with what to do, what was lost, which source was not taken in; no value."""

import re
from datetime import date

import pytest
from psycopg import sql

from councils import at
from statutory.packs.checks import write_checks
from statutory.sources import contract
from statutory.warehouse import runs

NIGHT = date(2019, 5, 1)


@pytest.fixture
def page(connection, migrated, tmp_path):
    """Two runs of a night: of the second's HR table one check of three stopped and one warned."""

    def write(**given):
        write_checks(at(connection, NIGHT, **given), tmp_path / "checks.html")
        text = (tmp_path / "checks.html").read_text(encoding="utf-8")
        return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL).split())

    for number in (1, 2):
        ((run,),) = connection.execute(
            "insert into ops.run (dag_run_id, night) values (%s, %s) returning run_id", (f"page {number}", NIGHT)
        )
        ((batch,),) = connection.execute(
            """
            insert into ops.batch (run_id, night, source, table_name, is_shipped, sha256, bytes, rows, newest_change)
            values (%s, %s, 'hr', 'hr_worker', false, '', 0, 1234, '2019-04-30') returning batch_id
            """,
            (run, NIGHT),
        )
        connection.cursor().executemany(
            "insert into quality.expectation_result values (%s, 'hr_worker', %s, %s, %s, %s, %s)",
            [
                (batch, "hr_worker/half", "critical", number == 1, 1, "Send the whole table."),
                (batch, "hr_worker/fte/range", "warning", False, 1001, "Mend fte."),
                (batch, "hr_worker/keys", "critical", True, 0, "Send keys."),
            ],
        )
    runs.source_failed(connection, run, "hr", "critical checks failed: hr_worker/half")
    return write


def test_what_failed_in_the_newest_run_stands_with_rows_and_what_to_do_what_stops_first(page):
    text = page()
    assert "3 checks: 1 passed, 1 warned, 1 stopped a source" in text
    assert "hr was rejected: critical checks failed: hr_worker/half" in text
    assert "hr_worker half stops 1 Send the whole table. hr_worker fte/range warns 1,001 Mend fte." in text
    assert "hr_worker 1,234 2019-04-30 3" in text
    assert "agency Nothing arrived." in text


def test_what_was_kept_and_lost_stands_beside_the_rows(page, connection):
    connection.execute(
        "insert into ops.load select batch_id, night, source, table_name, rows, rows - 2, 2, 7, 0, 0 from ops.batch"
        " where night = %s order by batch_id desc limit 1",
        (NIGHT,),
    )
    assert "hr_worker 1,234 1,232 2 7 2019-04-30 3" in page()


def test_a_night_made_twice_gives_the_same_page(page):
    assert page() == page()


@pytest.fixture
def landed(page, connection):
    """The HR workers of the second run, of which one is known: 25 with an unknown sex, the first without a number."""
    ((batch,),) = connection.execute("select max(batch_id) from ops.batch where night = %s", (NIGHT,))
    columns = [column.name for column in contract.table("hr_worker").columns]
    connection.execute(
        sql.SQL(
            "create schema landing_2019_05_01; create table landing_2019_05_01.hr_worker ({}, batch_id bigint,"
            " source_row bigint generated always as identity)"
        ).format(sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(name)) for name in columns))
    )
    connection.execute(
        "insert into landing_2019_05_01.hr_worker (worker_id, sex_code, full_name, batch_id)"
        " select case when n > 1 then 'W' || n end, case when n <= 25 then 'Smith' else 'F' end, 'Smith', %s"
        " from generate_series(1, 26) as n",
        (batch,),
    )
    connection.execute(
        "insert into history.hr_worker (worker_id, seen_from, seen_to) values ('W3', '2019-05-01', 'infinity')"
    )
    connection.execute(
        "insert into quality.expectation_result values"
        " (%s, 'hr_worker', 'hr_worker/sex_code/code', 'warning', false, 25, 'Use a code.')",
        (batch,),
    )
    return page


def test_the_rows_that_fail_are_named_by_a_known_key_else_by_number_and_never_by_value(landed):
    text = landed()
    # Twenty of 25; who is not known by the key may be anything that stands in its column.
    rows = ", ".join("W3" if n == 3 else f"row {n}" for n in range(1, 21))
    assert f"hr_worker sex_code/code warns 25 Use a code. {rows} and 5 more" in text
    assert "Smith" not in text


def test_a_source_that_the_council_does_not_supply_is_said_to_be_so(page):
    names = {table.name for table in contract.tables_of("agency")}
    assert "agency Not supplied by the council." in page(unsupplied=names)
