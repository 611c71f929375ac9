"""The workforce in two minutes: bands, parts of the establishment, and what stands beside our figures."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from councils import SHIPPED, at
from statutory.indicators import definition, results
from statutory.night import use_night
from statutory.packs import story
from statutory.paths import SQL
from statutory.quality.night import build as build_night

NIGHT = date(2025, 11, 14)


def test_measures_fall_into_bands_with_the_lower_end_in():
    measures = [Decimal("2.99"), Decimal(3), Decimal("11.9"), Decimal(12), Decimal(24)]
    assert story._banded(measures, story.STAYS) == [
        ("under 3", 1), ("3 to under 6", 1), ("6 to under 12", 1), ("12 to under 24", 1), ("24 or more", 1),
    ]  # fmt: skip


def test_what_agency_workers_hold_beyond_the_establishment_is_not_vacant():
    day = date(2025, 9, 30)
    series = {"W01": {day: Decimal(8)}, "W03": {day: Decimal(10)}, "W07": {day: Decimal("3.5")}}
    assert story._posts(series) == [
        ("own staff", [(day, Decimal(8))]), ("agency", [(day, Decimal("3.5"))]), ("vacant", [(day, Decimal(0))]),
    ]  # fmt: skip


@pytest.fixture
def told(connection, migrated, add, loaded):
    """One own and one agency worker in London, each with a child, and what was published of London and England."""
    loaded(NIGHT)
    add("authority", la_code="990", valid_from="2000-01-01", la_name="Any", region="London")
    add("local_parameter", name="own_la", valid_from="2000-01-01", value="990")
    add("allocated_role", role_code="CW", valid_from="2000-01-01", role_kind="social_worker", named_person=True)
    add("hr_post", post_id="P1", valid_from="2010-01-01", team_id="TA", csww_scope=True, csww_role="5", funded_fte="2")
    add("hr_worker", worker_id="W1", swe_number="SW1")
    add("hr_contract", contract_id="K1", worker_id="W1", post_id="P1", start_date="2020-01-06", fte="1",
        contract_type="permanent")  # fmt: skip
    add("agency_worker", agency_worker_id="A1", swe_number="SW2")
    add("agency_assignment", assignment_id="S1", agency_worker_id="A1", start_date="2025-08-04", fte="1")
    for number, started in ((1, "2025-05-14"), (2, "2025-08-04")):  # the first on the day half a year ago
        add("ssd_professionals", prof_professional_id=f"X{number}", prof_social_worker_registration_no=f"SW{number}")
        add("ssd_cin_episodes", cine_referral_id=f"R{number}", cine_person_id=f"C{number}",
            cine_referral_date="2025-01-06", cine_referral_nfa="N")  # fmt: skip
        add(
            "ssd_involvements", invo_involvements_id=f"I{number}", invo_person_id=f"C{number}",
            invo_professional_id=f"X{number}", invo_professional_role_id="CW", invo_involvement_start_date=started,
        )  # fmt: skip
    for area, day, value in (
        ("E12000007", "2024-09-30", "17"), ("E12000007", "2025-09-30", "17.9"), ("E92000001", "2025-09-30", "13"),
        ("E12000001", "2025-09-30", "9"), ("E92000001", "2026-09-30", "12"),
    ):  # fmt: skip
        add("benchmark", indicator_id="W06", area_code=area, period_end=day, value=value, publication="any")
    build_night(at(connection, NIGHT))
    results.keep(at(connection, NIGHT), definition.indicators(SHIPPED).values())
    return story.story(at(connection, NIGHT))


def test_our_figure_now_and_on_the_census_day_beside_region_and_country(told):
    (agency,) = [row for row in told["compared"] if row["indicator"].id == "W06"]
    assert (agency["now"], agency["census"], agency["census_day"]) == (50, 50, date(2025, 9, 30))
    assert agency["region"] == (Decimal("17.9"), date(2025, 9, 30))
    assert agency["england"] == (13, date(2025, 9, 30))  # what is published of a later year is not known yet
    assert told["region"] == "London"


NEIGHBOURS = (
    ("201", "2025-09-30", "10"), ("202", "2025-09-30", "16"), ("203", "2025-09-30", "13"), ("204", "2025-09-30", "90"),
    ("205", "2025-09-30", None), ("201", "2024-09-30", "1"), ("206", "2026-09-30", "2"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "median"),
    [
        ((("201,202, 203", "2020-01-01", None),), (Decimal(13), date(2025, 9, 30), 3)),
        ((("201 202", "2020-01-01", None),), (Decimal(13), date(2025, 9, 30), 2)),  # between 10 and 16
        ((("201,205", "2020-01-01", None),), (Decimal(10), date(2025, 9, 30), 1)),  # 205 has no figure
        ((("201", "2020-01-01", "2025-11-14"), ("204", "2025-11-14", None)), (Decimal(90), date(2025, 9, 30), 1)),
        ((("201", "2020-01-01", "2025-11-15"), ("204", "2025-11-15", None)), (Decimal(10), date(2025, 9, 30), 1)),
        ((("206", "2020-01-01", None),), None),  # published of a later year alone
        ((), None),
    ],
)
def test_the_median_of_the_neighbours_by_the_list_of_the_night(connection, add, loaded, rows, median):
    loaded(NIGHT)
    for listed, first, last in rows:
        add("local_parameter", name="statistical_neighbours", valid_from=first, valid_to=last, value=listed)
    for area, day, value in NEIGHBOURS:
        add("benchmark", indicator_id="W06", area_code=area, period_end=day, value=value, publication="any")
    # A revised figure stands beside the first one.
    add("benchmark", indicator_id="W06", area_code="203", period_end="2025-09-30", value="99", publication="aged")
    build_night(at(connection, NIGHT))
    use_night(at(connection, NIGHT))
    assert story._median(at(connection, NIGHT), "W06", story._neighbours(at(connection, NIGHT))) == median


def test_the_published_rates_of_an_authority_are_shipped():
    with (SQL / "ref" / "benchmark.csv").open(encoding="utf-8", newline="") as file:
        shipped = list(csv.DictReader(file))
    keys = [(row["indicator_id"], row["area_code"], row["period_end"], row["publication"]) for row in shipped]
    assert len(set(keys)) == len(keys)
    found = {row["indicator_id"]: row["value"] or row["symbol"] for row in shipped
             if (row["area_code"], row["period_end"]) == ("312", "2025-09-30")}  # fmt: skip
    # Hillingdon in the publication's file of indicators; agency workers cover 14 of 109 vacancies.
    assert found == {
        "W05": "37.6", "W06": "9", "W11": "77.8", "W12": "12.8", "W14": "15.6", "W22": "1.9", "W23": "13.8",
    }  # fmt: skip


def test_children_by_whose_they_are_and_for_how_long(told):
    assert [(row["worker"], row["time"], row["children"], row["percent"]) for row in told["children"]] == [
        ("own staff", "six months or more", 1, 50),
        ("own staff", "under six months", 0, 0),
        ("agency or not known to HR", "six months or more", 0, 0),
        ("agency or not known to HR", "under six months", 1, 50),
    ]


def test_every_chart_says_what_it_is(told):
    for name in ("posts", "turnover", "stays", "caseloads"):
        assert told[name].startswith('<svg role="img" aria-label="')
