"""What a night says of its data, and the indicators that read it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from councils import SHIPPED, at
from statutory.indicators import again as worked_out
from statutory.indicators import results, values
from statutory.indicators.definition import indicators
from statutory.night import night_schema, use_night
from statutory.quality import data_quality, run_history
from statutory.quality.night import build as build_night

NIGHT = date(2026, 6, 30)
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def asked(connection, add, loaded):
    """Build the night and ask one indicator: its figures, and its members with numerator and bands."""
    loaded(NIGHT)
    connection.execute(
        """
        insert into history.calendar_day (day, is_working_day, working_day_no, seen_from)
        select
            day.day::date, extract(isodow from day.day) < 6,
            count(*) filter (where extract(isodow from day.day) < 6) over (order by day.day), '2000-01-01'
        from generate_series(timestamp '2026-05-01', '2026-10-31', interval '1 day') as day (day)
        """
    )

    def ask(name, kind=None, end=NIGHT, *, again=True):
        if again:
            build_night(at(connection, NIGHT))
            use_night(at(connection, NIGHT))
            connection.execute(results.RESULTS)
            worked_out.fill(at(connection, NIGHT))
        indicator = indicators(SHIPPED)[name]
        rows = values.values(connection, [indicator], [values.point(kind or indicator.periods[0], end, NIGHT)])
        found = connection.execute("select member_key, numerator, bands, measure from pg_temp.member order by 1")
        return {row["figure"]: row["value"] for row in rows}, found.fetchall()

    return ask


@pytest.fixture
def checked(connection, migrated):
    """Write a night on which a return was checked, and what failed: rule, whom it is about, since when."""

    def put(night, year=2026, failures=(), records=200, state="failed"):
        for rule in ("R1", "R2"):
            connection.execute(
                "insert into quality.rule_result values (%s, 'csww', %s, %s, %s, %s, null, 0, 0)",
                (night, year, rule, "error" if rule == "R1" else "query", state),
            )
        for rule, about, since in failures:
            connection.execute(
                "insert into quality.rule_failure values ('csww', %s, %s, 'CSWWWorker', '', %s, %s, %s, null, null, %s)"
                " on conflict on constraint rule_failure_pkey"
                " do update set last_seen = excluded.last_seen",
                (year, rule, f"digest of {about}", since, night, about),
            )
        connection.execute(
            "insert into quality.readiness values (%s, 'csww', %s, true, %s, 0, 0, 0, null, null, %s, 0)",
            (night, year, records, night),
        )

    return put


def test_open_errors_are_those_of_the_last_check_before_the_night(asked, checked):
    checked("2026-06-28", failures=[("R1", "W1", "2026-06-28"), ("R2", "W2", "2026-06-28")])
    checked("2026-06-29", failures=[("R2", "W2", "2026-06-28")])
    checked("2026-06-30", failures=[("R1", "W9", "2026-06-30")])  # the check of the night itself comes after it
    figures, rows = asked("Q02")
    assert figures == {"count": 1, "per_1000": 5, "error": 0, "query": 1}
    assert [(key, numerator) for key, numerator, *_ in rows] == [
        ("csww/2026", 0), ("csww/2026/R2/CSWWWorker//digest of W2", 1)
    ]  # fmt: skip


def test_a_year_that_is_no_longer_checked_has_nothing_open_and_mended_nothing(asked, checked):
    checked("2026-06-27", year=2025, failures=[("R1", "W1", "2026-06-20")])
    checked("2026-06-28", year=2026)
    assert asked("Q02")[0]["count"] == 0
    assert asked("Q03", again=False)[0]["median"] is None


def test_what_was_found_from_a_night_on_is_not_known_on_it(asked, checked):
    checked("2026-06-28", failures=[("R1", "W1", "2026-06-28")])
    checked("2026-06-30", failures=[("R1", "W1", "2026-06-28")])
    checked("2026-07-01")  # mended
    assert asked("Q02")[0]["count"] == 1
    assert asked("Q03", again=False)[1] == []


def test_before_any_check_nothing_is_known(asked, checked):
    checked("2026-06-10", failures=[("R1", "W1", "2026-06-10")])
    assert asked("Q02", end=date(2026, 5, 31))[0]["count"] is None
    assert asked("Q02", end=date(2026, 6, 15), again=False)[0]["count"] == 1


def test_an_error_that_comes_back_is_a_new_one(asked, checked):
    checked("2026-06-01", failures=[("R1", "W1", "2026-06-01"), ("R1", "W2", "2026-06-01")])
    checked("2026-06-05", failures=[("R1", "W2", "2026-06-01")])
    checked("2026-06-10", failures=[("R1", "W1", "2026-06-10"), ("R1", "W2", "2026-06-01")])
    checked("2026-06-15", failures=[("R1", "W2", "2026-06-01")])
    checked("2026-06-20")
    figures, rows = asked("Q03")
    # 4 and 5 days of W1; 19 of W2, which is past 14.
    assert sorted(row[3] for row in rows) == [4, 5, 19]
    assert figures["median"] == 5
    assert float(figures["percent"]) == pytest.approx(200 / 3)


def test_a_rule_that_did_not_run_mended_nothing(asked, checked):
    checked("2026-06-01", failures=[("R1", "W1", "2026-06-01")])
    checked("2026-06-05", state="not run")
    assert asked("Q03")[1] == []


def test_a_night_counts_as_ready_before_seven_and_none_of_an_archive_counts(asked, connection):
    for night, started, finished, state in (
        ("2026-05-31", "2026-06-20 09:00", "2026-06-20 09:10", "succeeded"),  # made from an archive
        ("2026-06-24", "2026-06-25 02:00", "2026-06-25 06:59", "succeeded"),
        ("2026-06-25", "2026-06-26 02:00", "2026-06-26 07:00", "succeeded"),
        ("2026-06-26", "2026-06-27 02:00", "2026-06-27 03:00", "failed"),
        ("2026-06-26", "2026-06-27 08:00", "2026-06-27 08:30", "succeeded"),
        # of 27 June there is no run at all
        ("2026-06-28", "2026-06-29 02:00", "2026-06-29 03:00", "succeeded"),
        ("2026-06-29", "2026-06-30 02:00", None, "running"),
    ):
        moments = [m and datetime.fromisoformat(m).replace(tzinfo=LONDON) for m in (started, finished)]
        connection.execute(
            "insert into ops.run (dag_run_id, night, started_at, finished_at, state) values (%s, %s, %s, %s, %s)",
            (f"{night} {started}", night, *moments, state),
        )
    figures, rows = asked("Q14")
    assert {key: bool(numerator) for key, numerator, *_ in rows} == {
        "2026-06-24": True, "2026-06-25": False, "2026-06-26": False, "2026-06-27": False, "2026-06-28": True,
        "2026-06-29": False,
    }  # fmt: skip
    assert float(figures["percent"]) == pytest.approx(100 / 3)


def test_freshness_leaves_days_off_out(asked, connection):
    connection.execute(
        "update ops.batch set newest_change = '2026-06-26 18:00+01' where table_name = 'hr_worker' and night = %s",
        (NIGHT,),
    )
    figures, rows = asked("Q01")
    # Friday 18:00 to Tuesday 24:00 is 102 hours, 48 of them Saturday and Sunday.
    assert (figures["max"], rows[0][0], rows[0][3]) == (54, "hr", 54)


def test_an_older_month_end_says_nothing_of_tonights_rows(asked, add):
    add("ssd_disability", disa_table_id="DS1", disa_person_id="C9")
    assert asked("Q06")[0]["count"] == 1
    assert asked("Q06", end=date(2026, 5, 31), again=False)[0]["count"] is None


def test_what_was_set_aside_counts_as_doubled(asked, connection):
    ((batch,),) = connection.execute("select max(batch_id) from ops.batch where table_name = 'ssd_cla_visits'")
    for key, row, reason in (
        ("V1", 2, "the same row again"), ("V1", 3, "the same row again"),
        ("V2", 4, "rows differ under one key"), ("V2", 5, "rows differ under one key"), (None, 6, "no usable key"),
    ):  # fmt: skip
        connection.execute(
            "insert into quality.quarantine values (%s, 'ssd_cla_visits', %s, %s, %s, true)", (batch, key, row, reason)
        )
    figures, rows = asked("Q06")
    assert [(key, numerator) for key, numerator, *_ in rows] == [("V1", 2), ("V2", 1)]
    assert figures["count"] == 3


def test_what_clocks_leave_out_adds_up_and_is_listed(asked, connection, add):
    for name, start, stop in (
        ("A1", "2026-06-01", "2026-06-20"), ("A2", "2026-06-10", "2026-06-09"), ("A3", None, "2026-06-09"),
        ("A4", "2026-06-26", None), ("A5", "2026-07-01", None),
    ):  # fmt: skip
        add("ssd_cin_episodes", cine_referral_id=f"R{name}", cine_person_id="C1", cine_referral_date=start)
        add("ssd_cin_assessments", cina_assessment_id=name, cina_person_id="C1", cina_referral_id=f"R{name}",
            cina_assessment_auth_date=stop)  # fmt: skip
    asked("Q04")
    connection.execute("; ".join(f"drop table {name}" for name in results.RESULT_RELATIONS))
    results.keep(at(connection, NIGHT), [indicators(SHIPPED)[name] for name in ("Q05", "T03")])
    found = connection.execute("select member_key, bands from indicator_member where indicator_id = 'Q05'").fetchall()
    told = {key: bands for key, bands in found if key.startswith("T03/")}
    assert told == {
        "T03/A2": ["stop before start"], "T03/A3": ["no start"], "T03/A5": ["start after the night"],
    }  # fmt: skip
    assert connection.execute("select records, counted from clock_scope where indicator_id = 'T03'").fetchall() == [
        (5, 2)
    ]
    # The runner's own views hold none of them.
    values.fill_period(connection, [values.point("year", NIGHT, NIGHT)])
    for view in indicators(SHIPPED)["T03"].views:
        values.select_members(connection, indicators(SHIPPED)["T03"], view)
        seen = connection.execute("select member_key from pg_temp.member")
        assert not {"A2", "A3", "A5"} & {key for (key,) in seen}


def test_left_out_and_counted_are_the_records_in_scope_of_every_clock(asked, connection, add):
    add("ssd_cin_episodes", cine_referral_id="R1", cine_person_id="C1", cine_referral_date="2026-06-29")
    asked("Q04")
    connection.execute("; ".join(f"drop table {name}" for name in results.RESULT_RELATIONS))
    results.keep(at(connection, NIGHT), indicators(SHIPPED).values())
    wrong = connection.execute(
        """
        select clock_scope.indicator_id
        from clock_scope
        left join left_out on left_out.indicator_id = clock_scope.indicator_id
        group by clock_scope.indicator_id, clock_scope.records, clock_scope.counted
        having clock_scope.records <> clock_scope.counted + count(left_out.member_key)
        """
    )
    assert wrong.fetchall() == []


def test_totals_that_differ_are_a_break(asked, connection, add):
    add("ssd_cla_episodes", clae_cla_episode_id="E1", clae_person_id="C1", clae_cla_episode_start_date="2026-01-01")
    asked("Q10")
    for value in (1, 2):
        connection.execute("delete from indicator_value")
        connection.execute(
            "insert into indicator_value (indicator_id, view, period_kind, period_start, period_end, as_at,"
            " breakdown, figure, value, is_headline)"
            " values ('D28', 'members', 'snapshot', %(n)s, %(n)s, %(n)s, 'whole', 'count', %(v)s, true)",
            {"n": NIGHT, "v": value},
        )
        assert asked("Q10", again=False)[0]["count"] == value - 1


def kept(connection, night, value):
    """A kept night with one value of D28."""
    schema = night_schema(night)
    connection.execute(f"set local search_path = {schema}")
    connection.execute(results.RESULTS)
    connection.execute(
        "insert into indicator_value (indicator_id, view, period_kind, period_start, period_end, as_at,"
        " breakdown, figure, value, is_headline)"
        " values ('D28', 'members', 'snapshot', %(n)s, %(n)s, %(n)s, 'whole', 'count', %(v)s, true)",
        {"n": night, "v": value},
    )


def test_a_kept_month_end_is_compared_and_made_again(connection, add, loaded):
    may = date(2026, 5, 31)
    add("ssd_cla_episodes", clae_cla_episode_id="E1", clae_person_id="C1", clae_cla_episode_start_date="2026-01-01")
    add("ssd_cla_episodes", clae_cla_episode_id="E2", clae_person_id="C2", clae_cla_episode_start_date="2026-01-01")
    loaded(may)
    build_night(at(connection, may))
    for value, same, late in ((2, True, 0), (1, False, 100)):
        connection.execute(f"set local search_path = {night_schema(may)}")
        for name in results.RESULT_RELATIONS:
            connection.execute(f"drop table if exists {name}")
        kept(connection, may, value)
        build_night(at(connection, NIGHT))
        use_night(at(connection, NIGHT))
        worked_out.fill(at(connection, NIGHT))
        assert connection.execute("select kept_value, value_again, is_same from rerun_value").fetchall() == [
            (value, 2, same)
        ]
        connection.execute(results.RESULTS)
        points = [values.point("snapshot", may, NIGHT)]
        now = values.values(connection, [indicators(SHIPPED)["D28"]], points)[0]["value"]
        connection.execute(
            "insert into indicator_value (indicator_id, view, period_kind, period_start, period_end, as_at,"
            " breakdown, figure, value, is_headline)"
            " values ('D28', 'members', 'snapshot', %(n)s, %(n)s, %(n)s, 'whole', 'count', %(v)s, true)",
            {"n": may, "v": now},
        )
        (row, *_) = values.values(connection, [indicators(SHIPPED)["Q11"]], [values.point("snapshot", NIGHT, NIGHT)])
        assert row["value"] == late


def test_a_worker_is_missing_only_without_having_left(asked, connection, add):
    connection.execute(
        """
        create schema if not exists submitted_csww_2025;
        drop table if exists submitted_csww_2025.cswwworker;
        create table submitted_csww_2025.cswwworker
            (row_id bigint, worker_id text, sweno text, agencyworker text, roleenddate_text text);
        insert into submitted_csww_2025.cswwworker values
            (0, 'W1', 'SW1', '0', null), (1, 'W2', 'SW2', '0', null), (2, 'W3', 'SW3', '0', null),
            (3, 'W4', 'SW4', '0', null), (4, 'W5', 'SW5', '0', '2025-03-01'), (5, 'old id', 'SW6', '0', null);
        insert into ops.submission (return_id, period, last_day, signed_off_by, records, sha256)
            values ('csww', '2025', '2025-09-30', 'a test', 6, '')
        """
    )
    add("hr_post", post_id="P1", valid_from="2015-01-01", team_id="TA", csww_scope=True, csww_role="5")
    for worker, number, start, end in (
        ("W1", "SW1", "2020-01-01", None),  # in both
        ("W2", "SW2", "2020-01-01", "2026-02-01"),  # a leaver
        ("W3", "SW33", "2020-01-01", None),  # has another number
        # W4 is in HR no more, W5 had left before
        ("W6", "SW6", "2020-01-01", None),  # has another id
        ("W7", "SW7", "2025-10-01", None),  # a starter
        ("W8", "SW8", "2025-09-30", None),  # was there on the day and in no census
    ):
        add("hr_worker", worker_id=worker, swe_number=number)
        add("hr_contract", contract_id=f"K{worker}", worker_id=worker, post_id="P1", start_date=start, end_date=end,
            contract_type="permanent", fte="1")  # fmt: skip
    figures, rows = asked("Q13")
    assert {key: bands for key, numerator, bands, _ in rows if numerator} == {"W4": ["vanished"], "W8": ["appeared"]}
    assert figures == {"count": 2, "vanished": 1, "appeared": 1, "other registration number": 1}


def test_a_night_made_twice_says_the_same(asked, connection, checked):
    checked("2026-06-28", failures=[("R1", "W1", "2026-06-28")])
    said = []
    for _ in range(2):
        asked("Q02")
        said.append(
            {name: connection.execute(f"select * from {name} order by 1, 2").fetchall()
             for name in (data_quality.RELATIONS | run_history.RELATIONS) if name != "known_on"}
        )  # fmt: skip
        checked("2026-06-30" if len(said) == 1 else "2026-07-01", failures=[("R1", "W1", "2026-06-28")])
    assert said[0] == said[1]


def test_a_list_that_ended_says_nothing_of_later_years():
    # The item left the census: a code of it is no wrong one.
    assert not any(data_quality._years("csww.CFKSS_STATUS").values())
    assert data_quality._years("ssda903.REC")["E44"] == [(date(1000, 1, 1), date(2018, 3, 31))]
    assert data_quality._years("ssda903.REC")["E45"] == [(date(2018, 4, 1), date(9999, 1, 1))]
    assert data_quality._years("ssda903.SEX")["M"] == []


def test_a_reference_that_leads_nowhere_is_listed_and_the_row_stays(connection, add, loaded):
    loaded(NIGHT, absent=["ssd_professionals"])
    add("ssd_person", pers_person_id="C1")
    for referral, child in (("R1", "C1"), ("R2", "C2"), ("R3", None)):
        # The worker is in a table that is not supplied, so nothing is said of it.
        add("ssd_cin_episodes", cine_referral_id=referral, cine_person_id=child, cine_referral_worker_id="P1")
    add("team_map", hr_team_id="HR1", valid_from="2000-01-01")
    add("ssd_department", dept_team_id="TA")
    for post, team in (("P1", "HR1"), ("P2", "TA"), ("P3", "TB")):
        add("hr_post", post_id=post, valid_from="2020-01-01", team_id=team)
    build_night(at(connection, NIGHT))
    assert connection.execute("select table_name, column_name, row_key from lost_reference order by 1").fetchall() == [
        ("hr_post", "team_id", "P3/2020-01-01"),
        ("ssd_cin_episodes", "cine_person_id", "R2"),
    ]
    assert connection.execute("select count(*) from ssd_cin_episodes").fetchone() == (3,)
