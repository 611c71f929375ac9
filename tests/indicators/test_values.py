"""A built night: the same figures as the door gives, by point and by team."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from councils import SHIPPED, at
from statutory import sqlfile
from statutory.errors import SqlFileError, WarehouseError
from statutory.indicators import definition, results, values
from statutory.indicators.definition import indicators
from statutory.night import use_night
from statutory.quality import night as night_with_data
from statutory.warehouse import build

NIGHT = date(2026, 9, 30)


@pytest.fixture
def night(connection, add, loaded):
    loaded(NIGHT, absent=["ssd_missing"])
    add("local_parameter", name="basis", valid_from="2000-01-01", value="daily")
    for team in ("TA", "TB"):
        add("hr_post", post_id=team, valid_from="2018-01-01", team_id=team, csww_scope=True, csww_role="5")
        add("hr_worker", worker_id=f"W{team}", swe_number=f"SW{team}")
        add(
            "hr_contract", contract_id=f"K{team}", worker_id=f"W{team}", post_id=team,
            start_date="2020-01-01" if team == "TA" else "2026-08-31", contract_type="permanent", fte="0.6",
        )  # fmt: skip
    add(
        "agency_assignment", assignment_id="AS1", agency_worker_id="AG1", team_id="TA",
        start_date="2026-01-01", end_date="2026-08-31", fte="0.4",
    )  # fmt: skip
    night_with_data.build(at(connection, NIGHT))
    use_night(at(connection, NIGHT))
    return connection


def ask(connection, ids, points, *, by=None):
    rows = values.values(connection, [indicators(SHIPPED)[i] for i in ids], points, by=by)
    return [(r["indicator"], r["period_end"], r["part"], r["value"]) for r in rows]


def test_a_trend_is_one_pass_over_many_points(night):
    points = [values.point("snapshot", day, NIGHT) for day in values.month_ends(NIGHT, 3)]
    assert ask(night, ["W06"], points) == [
        ("W06", date(2026, 7, 31), None, Decimal(40)),  # 0.4 of 1.0
        ("W06", date(2026, 8, 31), None, Decimal(25)),  # 0.4 of 1.6, on the last day worked
        ("W06", date(2026, 9, 30), None, Decimal(0)),
    ]


def test_by_team(night):
    found = ask(night, ["W02"], [values.point("snapshot", NIGHT, NIGHT)], by="team")
    assert found == [("W02", NIGHT, None, 2), ("W02", NIGHT, "TA", 1), ("W02", NIGHT, "TB", 1)]


def test_a_point_with_nobody_is_nought_for_a_count_and_null_for_a_share(night):
    points = [values.point("snapshot", date(2019, 12, 31), NIGHT)]
    assert ask(night, ["W02", "W09"], points) == [
        ("W02", date(2019, 12, 31), None, 0),
        ("W09", date(2019, 12, 31), None, None),
    ]


def test_the_shipped_standard_holds_before_the_first_row_of_the_council(connection, add, loaded):
    loaded(NIGHT)
    add("local_parameter", name="cover_days", valid_from="2024-04-01", value="20")
    add("local_parameter", name="cover_days", valid_from="2025-04-01", value="14")
    add("local_parameter", name="caseload_ceiling", valid_from="2000-01-01", value="16")
    night_with_data.build(at(connection, NIGHT))
    use_night(at(connection, NIGHT))
    found = connection.execute(
        """
        select name, valid_from::text, valid_to::text, number_value from parameter
        where name in ('cover_days', 'caseload_ceiling', 'conference_working_days') order by name, valid_from
        """
    )
    assert found.fetchall() == [
        ("caseload_ceiling", "2000-01-01", None, 16),
        ("conference_working_days", "2000-01-01", None, 15),
        ("cover_days", "2000-01-01", "2024-04-01", 28),
        ("cover_days", "2024-04-01", "2025-04-01", 20),
        ("cover_days", "2025-04-01", None, 14),
    ]


@pytest.mark.parametrize(
    ("figure", "of"),
    [
        ("sum(numerator)", ("sum(numerator)", None)),
        ("count(distinct child_id)", ("count(distinct child_id)", None)),
        ("100 * sum(numerator) / nullif(sum(denominator), 0)", ("SUM(numerator)", "SUM(denominator)")),
        ("sum(numerator) / nullif(sum(denominator), 0)", ("SUM(numerator)", "SUM(denominator)")),
        (
            "100 * sum(denominator) / nullif(sum(measure) filter (where bands @> array['x']), 0)",
            ("SUM(denominator)", "SUM(measure) FILTER(WHERE bands @> ARRAY['x'])"),
        ),
        ("percentile_cont(0.5) within group (order by measure)", (None, "count(measure)")),
        ("max(measure) filter (where bands @> array['x'])", (None, None)),
    ],
)
def test_what_a_figure_is_made_of_is_its_own(figure, of):
    assert definition.parts(figure) == of


def test_a_second_figure_and_a_band_have_their_own_numerator_and_denominator(night):
    (headcount,) = [
        row
        for row in values.values(
            night, [indicators(SHIPPED)["W07"]], [values.point("snapshot", date(2026, 8, 31), NIGHT)]
        )
        if row["figure"] == "headcount"
    ]
    assert (headcount["numerator"], headcount["denominator"], headcount["value"]) == (1, None, 1)
    bands = values.values(night, [indicators(SHIPPED)["W29"]], [values.point("snapshot", NIGHT, NIGHT)])
    (holders,) = [row for row in bands if row["figure"] == "case holder"]
    assert (holders["numerator"], holders["denominator"], holders["value"]) == (Decimal("1.2"), None, Decimal("1.2"))


def test_a_table_that_is_not_supplied_is_no_source_and_never_nought(night):
    (row,) = values.values(night, [indicators(SHIPPED)["T40"]], [values.point("month", NIGHT, NIGHT)])
    assert (row["value"], row["state"]) == (None, "no source")


def test_a_night_keeps_values_members_and_what_is_open(night, add):
    add("ssd_cin_episodes", cine_referral_id="R1", cine_person_id="C1", cine_referral_date="2026-07-01")
    add("ssd_cin_assessments", cina_assessment_id="A1", cina_person_id="C1", cina_referral_id="R1",
        cina_assessment_team="TA")  # fmt: skip
    for day, number in (("2026-07-01", 100), ("2026-09-03", 145), ("2026-09-30", 164)):
        add("calendar_day", day=day, is_working_day=True, working_day_no=number)
    add("local_parameter", name="assessment_working_days", valid_from="2000-01-01", value="45")
    night_with_data.build(at(night, NIGHT))
    results.keep(at(night, NIGHT), indicators(SHIPPED).values())
    ((points,),) = night.execute(
        "select count(*) from indicator_value where indicator_id = 'W06' and breakdown = 'whole'"
    )
    assert points == 36
    assert night.execute(
        "select member_key, team_id, numerator from indicator_member where indicator_id = 'W02' order by 1"
    ).fetchall() == [("WTA", "TA", 1), ("WTB", "TB", 1)]
    assert night.execute(
        "select value, state from indicator_value where indicator_id = 'T40' and breakdown = 'whole' limit 1"
    ).fetchall() == [(None, "no source")]
    # Due on working day 145, open on working day 164: 19 working days over.
    assert night.execute("select member_key, team_id, is_past_target, over from indicator_open").fetchall() == [
        ("A1", "TA", True, 19)
    ]


def test_the_same_night_built_again_is_the_same(night):
    before = night.execute("select employment::text from employment order by 1").fetchall()
    assert before
    night_with_data.build(at(night, NIGHT))
    assert night.execute("select employment::text from employment order by 1").fetchall() == before


def test_each_mart_of_a_night_says_what_it_was_made_from(night):
    found = night.execute("select name, sha256, rows from ops.build where night = %s", (NIGHT,)).fetchall()
    assert ("employment", next(m.sha256 for m in build.marts(SHIPPED) if m.name == "employment"), 3) in found
    assert {name for name, _, _ in found} == {mart.name for mart in build.marts(SHIPPED)}


def test_a_key_that_is_not_unique_names_the_mart(night, monkeypatch):
    mart = next(m for m in build.marts(SHIPPED) if m.name == "employment")
    mart = replace(mart, header=mart.header | {"key": ["is_agency"]})
    monkeypatch.setattr(build, "marts", lambda local: [next(m for m in marts if m.name == "parameter"), mart])
    marts = build.sqlfile.folder("mart", SHIPPED, build.MART_HEADER, build.MART_OPTIONAL)
    with pytest.raises(SqlFileError, match=r"employment\.sql: the key is_agency is not unique"):
        night_with_data.build(at(night, NIGHT))


def test_a_night_that_is_not_built_says_so(connection):
    with pytest.raises(WarehouseError, match="1999-01-01 is not built"):
        use_night(at(connection, date(1999, 1, 1)))


@pytest.mark.parametrize(
    ("kind", "end", "start"),
    [
        ("six_months", date(2026, 6, 30), date(2025, 12, 30)),  # K09, both ends included
        ("year", date(2026, 9, 30), date(2025, 10, 1)),
        ("three_months", date(2026, 6, 30), date(2026, 4, 1)),
        ("month", date(2028, 2, 29), date(2028, 2, 1)),
        ("snapshot", date(2026, 6, 30), date(2026, 6, 30)),
    ],
)
def test_periods(kind, end, start):
    assert values.point(kind, end, date(2026, 5, 1)) == (kind, start, end, min(end, date(2026, 5, 1)))


def test_month_ends_end_on_the_day_asked():
    assert values.month_ends(date(2026, 3, 15), 3) == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 15)]
    assert len(values.month_ends(date(2026, 3, 31))) == 36


def made_up(tmp_path, header, select):
    """An indicator of the test's own, over rows that stand in its select."""
    lines = ["title: Any", "id: X01", "question: Any?", "grain: any", "better: high", "needs: []", "sources: []",
             "used_by: []", *header]  # fmt: skip
    path = tmp_path / "X01.sql"
    path.write_text("".join(f"-- {line}\n" for line in lines) + select, encoding="utf-8")
    return definition.define(sqlfile.read(path, definition.REQUIRED, definition.OPTIONAL))


def rows_of(connection, indicator):
    values.fill_period(connection, [values.point("snapshot", NIGHT, NIGHT)])
    values.select_members(connection, indicator, indicator.views[0])
    return connection.execute("select member_key, numerator, measure, bands from member order by 1").fetchall()


def test_a_key_that_comes_twice_in_a_period_is_one_member_with_the_sum(night, tmp_path):
    once = made_up(tmp_path, ["calc: [count, headcount]", "periods: [snapshot]"], """
        select period.period_kind, period.period_end, given.key as member_key, given.n as numerator, given.m as measure
        from period cross join (values ('a', 1, 5), ('b', 2, 6), ('a', 3, 4)) as given (key, n, m)
    """)  # fmt: skip
    assert rows_of(night, once) == [("a", 4, 5, None), ("b", 2, 6, None)]
    found = values.values(night, [once], [values.point("snapshot", NIGHT, NIGHT)])
    assert {row["figure"]: row["value"] for row in found} == {"count": 6, "headcount": 2}


def test_an_item_of_a_clock_that_comes_twice_is_one_member(night, add, tmp_path):
    clock = "clock: {from: a, to: b, unit: days, standard: cp_visit_days}"
    twice = made_up(tmp_path, ["calc: percent", clock, "views: [finished]", "periods: [year]"], """
        select given.key as member_key, date '2026-09-01' as clock_start, date '2026-09-01' + given.n as clock_stop,
            date '2026-09-10' as due_at
        from (values ('a', 3), ('a', 5), ('b', 20)) as given (key, n)
    """)  # fmt: skip
    for day in (date(2026, 9, 1), date(2026, 9, 10)):
        add("calendar_day", day=day, is_working_day=True, working_day_no=day.day)
    values.fill_period(night, [values.point("year", NIGHT, NIGHT)])
    values.select_members(night, twice, "finished")
    found = night.execute("select member_key, numerator, denominator, measure from member order by 1").fetchall()
    assert found == [("a", 2, 2, 5), ("b", 0, 1, 20)]


@pytest.mark.parametrize(
    ("way", "told"),
    [("count", (3, 1, 0)), ("sum", (6, 4, 0)), ("percent", (60, 100, None)), ("median", (None, None, None))],
)
def test_the_bands_of_a_member_are_told_apart_and_one_named_twice_counts_once(night, tmp_path, way, told):
    banded = made_up(
        tmp_path, ["calc: count", "periods: [snapshot]", "bands: [x, y, z]", f"band_figure: {way}"], """
        select period.period_kind, period.period_end, given.key as member_key, given.n as numerator,
            given.d as denominator, given.n as measure, given.bands as bands
        from period cross join (values
            ('a', 1, 3, array['x', 'x']), ('b', 4, 4, array['x', 'y']), ('c', 1, 3, array['x', null]), ('d', 9, 9, null)
        ) as given (key, n, d, bands)
    """)  # fmt: skip
    found = values.values(night, [banded], [values.point("snapshot", NIGHT, NIGHT)])
    assert {row["figure"]: row["value"] for row in found} == {"count": 15} | dict(zip("xyz", told, strict=True))


def test_a_median_is_told_of_a_band_of_five(night, tmp_path):
    banded = made_up(tmp_path, ["calc: median", "periods: [snapshot]", "bands: [x]", "band_figure: median"], """
        select period.period_kind, period.period_end, given.n::text as member_key, given.n as measure, 'x' as band
        from period cross join (values (1), (2), (3), (9), (40)) as given (n)
    """)  # fmt: skip
    found = values.values(night, [banded], [values.point("snapshot", NIGHT, NIGHT)])
    assert {row["figure"]: row["value"] for row in found} == {"median": 3, "x": 3}
