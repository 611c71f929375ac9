"""The page of a night's checks: what failed with what to do, what was lost, which source was not taken in; no value."""

import re
from datetime import date

import pytest

from statutory.packs.checks import write_checks
from statutory.warehouse import runs

NIGHT = date(2019, 5, 1)


@pytest.fixture
def page(connection, migrated, tmp_path):
    """Two runs of a night: of the second's HR table one check of three stopped and one warned."""

    def write():
        write_checks(connection, NIGHT, tmp_path / "checks.html")
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
    assert "hr was not taken in: critical checks failed: hr_worker/half" in text
    assert "hr_worker half stops 1 Send the whole table. hr_worker fte/range warns 1,001 Mend fte." in text
    assert "hr_worker 1,234 2019-04-30 3" in text
    assert "agency Nothing landed." in text


def test_what_was_kept_and_lost_stands_beside_the_rows(page, connection):
    connection.execute(
        "insert into ops.load select batch_id, night, source, table_name, rows, rows - 2, 2, 7, 0, 0 from ops.batch"
        " where night = %s order by batch_id desc limit 1",
        (NIGHT,),
    )
    assert "hr_worker 1,234 1,232 2 7 2019-04-30 3" in page()


def test_a_night_made_twice_gives_the_same_page(page):
    assert page() == page()
