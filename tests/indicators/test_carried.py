"""What a night takes over from the one before: the points at which nothing changed, and no other.

The work is done by several connections, so these nights are committed, in a database of their own.
"""

import logging
from datetime import date
from functools import partial

import psycopg
import pytest
from psycopg import sql

from statutory.indicators import carried, results
from statutory.indicators.definition import indicators
from statutory.settings import settings
from statutory.warehouse import build
from statutory.warehouse.connection import connect, make_database
from statutory.warehouse.migrate import migrate
from statutory.warehouse.nights import night_schema

FIRST, NEXT, LATER = date(2026, 9, 29), date(2026, 9, 30), date(2026, 10, 1)
KEPT = ("D04", "D05", "D11", "D28", "T03", "W01", "P27")
WRONG = 4711  # nobody's figure: where it turns up it was taken over


@pytest.fixture(scope="module")
def warehouse(server, write_row, say_loaded):
    """Three nights of a few made-up children; on the second a referral is new, one is dated anew, one is gone."""
    make_database("carried")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STATUTORY_WAREHOUSE_URL", server.url("carried"))
        settings.cache_clear()
        migrate()
        with connect() as connection:
            fill(partial(write_row, connection))
            for night in (FIRST, NEXT, LATER):
                say_loaded(connection, night)
                build.build_night(connection, night)
        keep(FIRST)
        yield
    settings.cache_clear()


def fill(write):
    def put(table, **row):
        write(table, {"seen_from": date(2000, 1, 1)} | row)

    def referral(number, day, **seen):
        put("ssd_cin_episodes", cine_referral_id=f"R{number}", cine_person_id=f"C{number}",
            cine_referral_date=day, **seen)  # fmt: skip

    for number in range(1, 10):
        put("ssd_person", pers_person_id=f"C{number}", pers_dob="2016-05-01")
    for number in range(1200):
        day = date.fromordinal(date(2023, 9, 1).toordinal() + number)
        put("calendar_day", day=day, is_working_day=True, working_day_no=number)
    referral(1, "2025-01-10")
    referral(2, "2025-03-10", seen_to=NEXT)
    referral(2, "2025-02-10", seen_from=NEXT)  # found to have come a month before
    referral(3, "2025-05-10", seen_to=NEXT)  # found to be no referral
    referral(4, "2026-09-29", seen_from=NEXT)
    put("ssd_cin_assessments", cina_assessment_id="A1", cina_person_id="C1", cina_referral_id="R1",
        cina_assessment_start_date="2025-01-10", cina_assessment_auth_date="2025-02-10")  # fmt: skip


def keep(night, names=KEPT):
    results.keep_side_by_side([indicators()[name] for name in names], night)


def asked(night, statement, values=()):
    """The rows of a statement on a night's schema."""
    with connect() as connection:
        connection.execute(sql.SQL("set local search_path = {}").format(sql.Identifier(night_schema(night))))
        cursor = connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def rows(night):
    """Everything that a night keeps, by relation."""
    return {relation: sorted(map(str, asked(night, f"table {relation}"))) for relation in results.RESULT_RELATIONS}


def value(night, indicator, kind, end):
    ((found,),) = asked(
        night,
        "select value from indicator_value where indicator_id = %s and period_kind = %s and period_end = %s"
        " and breakdown = 'whole' and figure = 'count'",
        (indicator, kind, end),
    )
    return found


@pytest.fixture
def mark(warehouse):
    """Say something else of an indicator on a night, at all points; on the first one as it was at the end."""

    def put_wrong(indicator, night=FIRST):
        asked(night, "update indicator_value set value = %s where indicator_id = %s", (WRONG, indicator))

    yield put_wrong
    keep(FIRST)


def test_a_night_that_takes_over_keeps_what_it_would_have_worked_out(warehouse):
    keep(NEXT)
    taken_over = rows(NEXT)
    asked(FIRST, "drop table indicator_definition")  # without it there is nothing to take over
    keep(NEXT)
    assert rows(NEXT) == taken_over
    assert taken_over["indicator_value"]
    keep(FIRST)


def test_points_at_which_nothing_changed_are_taken_over_and_others_worked_out(mark):
    mark("D04")
    keep(NEXT)
    # The referral of 10 March is now one of 10 February, that of 10 May is gone, that of 10 January is as it was.
    ends = {date(2025, 1, 31): WRONG, date(2025, 2, 28): 2, date(2025, 3, 31): WRONG}
    # From March to May there is neither that of March nor that of May any more.
    ends |= {date(2025, 5, 31): 0, date(2025, 8, 31): WRONG}
    assert {end: value(NEXT, "D04", "three_months", end) for end in ends} == ends


def test_the_log_says_how_many_points_were_taken_over(warehouse, caplog):
    with caplog.at_level(logging.WARNING):
        keep(NEXT, ("D04",))
    # Of 36 each of three months, six months, years. Others are the newest, and those in which one of 10 February
    # is and one of 10 March was not, or the other way about, or in which one of 10 May was: 4, 7 and 13.
    assert [record.getMessage() for record in caplog.records] == ["81 of 108 points are as they were on 2026-09-29"]


def test_the_newest_point_is_always_worked_out(mark):
    mark("D04")
    keep(NEXT)
    assert value(NEXT, "D04", "three_months", NEXT) == 1


def test_the_last_day_of_a_month_is_taken_over_when_the_month_has_turned(mark):
    keep(NEXT)
    mark("D04", NEXT)
    keep(LATER)
    assert value(LATER, "D04", "year", NEXT) == WRONG
    assert value(LATER, "D04", "three_months", NEXT) == 1  # the newest whole period is worked out, like the one so far
    assert value(LATER, "D04", "three_months_so_far", LATER) == 1  # August to 1 October


def test_what_reads_nothing_that_changed_is_taken_over_though_it_is_of_no_child(mark):
    mark("W01")
    keep(NEXT)
    found = asked(
        NEXT, "select distinct period_end = %s, value from indicator_value where indicator_id = 'W01'", (NEXT,)
    )
    assert (False, WRONG) in found
    assert (True, WRONG) not in found


@pytest.mark.parametrize(
    ("statement", "back"),
    [
        ("update indicator_definition set sha256 = 'x'", "select 1"),
        (
            "update source_table set is_supplied = false where table_name = 'ssd_cin_episodes'",
            "update source_table set is_supplied = true where table_name = 'ssd_cin_episodes'",
        ),
    ],
    ids=["by another definition", "without a source"],
)
def test_nothing_is_taken_over_of_what_was_made_otherwise(mark, statement, back):
    mark("D04")
    asked(FIRST, statement)
    keep(NEXT)
    asked(FIRST, back)
    assert value(NEXT, "D04", "three_months", date(2025, 1, 31)) == 1


OWN = """-- title: Referrals beside all referrals
-- id: X01
-- question: Is this one a share of all?
-- grain: one row per referral
-- calc: count
-- better: neither
-- periods: [snapshot]
-- needs: [ssd_cin_episodes]
-- sources: [test]
-- used_by: [test]
select
    period.period_kind,
    period.period_end,
    referral.referral_id as member_key,
    referral.child_id,
    (select count(*) from referral) as numerator
from period
inner join referral on referral.referral_date <= period.as_at
"""


def test_an_indicator_that_looks_across_children_unseen_is_worked_out_anew(warehouse, monkeypatch, caplog):
    file = settings().local / "indicators" / "own" / "X01.sql"
    file.parent.mkdir(parents=True)
    file.write_text(OWN)
    monkeypatch.setattr(carried, "follows_by_child", lambda file: True)
    try:
        keep(FIRST, ("X01",))
        with caplog.at_level(logging.WARNING):
            keep(NEXT, ("X01",))
        # Three referrals each say three: R1 and R2 stand at the end of February.
        assert value(NEXT, "X01", "snapshot", date(2025, 2, 28)) == 6
        told = [record.getMessage() for record in caplog.records if record.name == results.log.name]
        assert told == [
            f"{file}: a child's members do not follow from its rows: worked out anew",
            "0 of 36 points are as they were on 2026-09-29",
        ]
    finally:
        file.unlink()
        keep(FIRST)


def test_nothing_of_the_work_is_left(warehouse):
    keep(NEXT)
    with psycopg.connect(settings().warehouse_url.get_secret_value()) as connection:
        assert not connection.execute("select 1 from pg_namespace where nspname like '%carried%'").fetchall()
