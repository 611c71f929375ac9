"""The page of indicators: what stands on it, what never does, and that it is the same each time."""

import re
from datetime import date
from decimal import Decimal

import pytest

from councils import SHIPPED, at
from statutory.indicators import results
from statutory.indicators.definition import indicators
from statutory.indicators.rounding import shown
from statutory.night import use_night
from statutory.packs import charts
from statutory.packs.page import pages
from statutory.quality.night import build as build_night

NIGHT = date(2025, 11, 14)


@pytest.fixture
def council(add, loaded):
    """One employed worker and one agency worker of 0.25 FTE, named people, a parameter and an authority."""
    loaded(NIGHT, absent=["rhi_offer"])
    add("local_parameter", name="own_la", valid_from="2000-01-01", value="990")
    add("authority", la_code="990", valid_from="2000-01-01", la_name="Any & Borough")
    add("ssd_department", dept_team_id="TA", dept_team_name="North <team>")
    add("hr_post", post_id="P1", valid_from="2015-01-01", team_id="TA", csww_scope=True, csww_role="5")
    add("hr_worker", worker_id="W1", swe_number="SW1", full_name="Quilla Testworthy", birth_date="1981-04-05")
    add("hr_contract", contract_id="K1", worker_id="W1", post_id="P1", start_date="2016-03-01", fte="0.75")
    add("ssd_person", pers_person_id="CHILD-7", pers_forename="Osric", pers_surname="Testworthy", pers_dob="2015-06-07")
    add(
        "agency_assignment",
        assignment_id="AS1",
        agency_worker_id="AG1",
        team_id="TA",
        start_date="2025-01-06",
        fte="0.25",
    )
    return add


@pytest.fixture
def page(connection, council):
    """The texts of the pages by name, after more rows were put there."""

    def made():
        build_night(at(connection, NIGHT))
        use_night(at(connection, NIGHT))
        results.keep(at(connection, NIGHT), indicators(SHIPPED).values())
        return dict(pages(at(connection, NIGHT)))

    return made


def section(text, indicator):
    return text.partition(f'id="{indicator}">')[2].partition("</section>")[0]


def test_each_figure_has_its_parts_and_its_evidence_line(page):
    rate = section(page()["workforce.html"], "W06")
    assert "<strong>25%</strong>" in rate
    assert "0.3 of 1" in rate  # 0.25 rounds half up
    line = re.search(
        r"W06 members · 2025-11-14 · known on 2025-11-14 · sql/indicators/workforce/W06.sql (\w+) at", rate
    )
    assert line
    assert indicators(SHIPPED)["W06"].file.sha256.startswith(line[1])


def test_the_long_series_has_each_census_day_from_the_first_with_anybody(page):
    days = re.findall(r"<tr><td>(\d{4}-09-30)</td>", section(page()["workforce.html"], "W02"))
    assert days == [f"{year}-09-30" for year in range(2016, 2026)]


def test_the_median_of_the_neighbours_stands_beside_region_and_country(council, page):
    assert "neighbours, median" not in page()["indicators.html"]  # no list is given
    council("local_parameter", name="statistical_neighbours", valid_from="2025-04-01", value="201,202,203")
    for area, rate in (("201", "10"), ("202", "16")):
        council("benchmark", indicator_id="W06", area_code=area, period_end="2024-09-30", value=rate, publication="any")
    text = page()["indicators.html"]
    assert '<th class="n">neighbours, median</th>' in text
    assert '13% <span class="quiet before">(2024)</span> <span class="quiet">of 2</span>' in section(text, "story")
    assert "by the list of this night: 201, 202, 203." in text


def test_an_indicator_without_its_source_says_so_and_shows_no_figure(page):
    assert '<p class="value">no source</p>' in section(page()["timeliness.html"], "T40")


def test_a_source_that_was_not_accepted_is_named_with_the_night_of_its_rows(connection, council, page):
    connection.execute("update ops.load set night = '2025-11-12' where source = 'agency'")
    notice = "<strong>agency</strong> was not accepted for this night: its rows are those of 12 November 2025"
    assert all(notice in text for text in page().values())


def test_what_was_set_aside_is_counted(connection, council, page):
    connection.execute(
        "update ops.load set rows_read = 1009, rows_kept = 1007, rows_quarantined = 2, values_rejected = 5"
        " where table_name = 'hr_worker'"
    )
    council("hr_contract", contract_id="K2", worker_id="W9", post_id="P1", start_date="2016-03-01", fte="1")
    cells = re.search(r"<tr><td>hr</td>.*?</tr>", page()["indicators.html"])[0]
    assert re.findall(r'<td class="n">([\d,]+)</td>', cells) == ["7", "0", "1,009", "1,007", "2", "5", "1", "0"]


def test_a_target_stands_beside_the_value_and_a_published_count_of_the_country_does_not(council, page):
    council("local_parameter", name="target_W06", valid_from="2025-04-01", value="15")
    for indicator, value in (("W06", "18.5"), ("W01", "30000")):
        council("benchmark", indicator_id=indicator, area_code="E92000001", period_end="2024-09-30", value=value,
                publication="any")  # fmt: skip
    found = page()
    assert "Target 15%. Better is low." in section(found["workforce.html"], "W06")
    assert "England, 30 September 2024: 18.5% (any)" in section(found["workforce.html"], "W06")
    assert "30,000" not in found["indicators.html"] + found["workforce.html"]


def test_the_index_leads_to_every_indicator(page):
    found = page()
    for indicator in indicators(SHIPPED).values():
        assert f'href="{indicator.area}.html#{indicator.id}"' in found["indicators.html"]
        assert f'<section class="indicator" id="{indicator.id}">' in found[f"{indicator.area}.html"]


def test_no_person_is_on_the_page(page):
    text = "".join(page().values())
    assert not [
        value
        for value in ("Testworthy", "Quilla", "Osric", "1981-04-05", "2015-06-07", "CHILD-7", "W1<")
        if value in text
    ]


def test_the_pages_need_nothing_beside_them_and_are_the_same_each_time(page):
    found = page()
    assert found == page()
    text = "".join(found.values())
    assert "North &lt;team&gt;" in text
    assert "Any &amp; Borough" in text
    assert not re.search(r"<(link|img|iframe)\b|<script [^>]*src", text)
    assert set(re.findall(r"https?://[^\"' <]+", text)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_a_chart_shows_every_point_and_the_newest_figure():
    points = [(date(2024, 9, 30), Decimal("26.81")), (date(2025, 9, 30), Decimal("9.045"))]
    svg = charts.trend([("", points)], title="agency < permanent", percent=True)
    assert 'aria-label="agency &lt; permanent"' in svg
    assert ">9.0%</text>" in svg
    assert svg == charts.trend([("", points)], title="agency < permanent", percent=True)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("9.0452", "9.0"), ("11.25", "11.3"), ("11.249", "11.2"), ("40.000", "40"), ("-0.25", "-0.3"),
        ("1234.5", "1,234.5"), ("0", "0"), (None, ""),
    ],
)  # fmt: skip
def test_figures_are_shown_with_one_decimal_halves_up(value, text):
    assert shown(None if value is None else Decimal(value)) == text
