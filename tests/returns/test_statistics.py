"""What the department publishes, worked out by hand on small records."""

from decimal import Decimal

import pytest

from councils import return_of
from statutory.returns import statistics
from statutory.returns.checking import opened, put
from statutory.settings import Council


def figures(year, level, columns, rows):
    with opened(Council(), return_of("csww").collection(year)) as connection:
        put(
            connection,
            return_of("csww"),
            "LALevel",
            ("NumberOfVacancies", "NoAgencyFTE", "NoAgencyHeadcount"),
            [level],
        )
        put(connection, return_of("csww"), "CSWWWorker", columns, rows)
        return {figure.name: figure for figure in statistics.authority(connection, "csww")}


COLUMNS = ("AgencyWorker", "SWENo", "FTE", "FTE30", "RoleStartDate", "RoleEndDate", "Cases30", "WorkingDaysLost")


def test_every_figure_of_a_small_authority_worked_out_by_hand(server):
    found = figures(
        2025,
        ("1.5", "0.5", "1"),
        COLUMNS,
        [
            ("0", "SW1", "0.6", "1", "2015-01-05", None, "10", "2.5"),
            ("0", "SW1", "0.4", "0", "2015-01-05", None, "0", "0"),  # a second post of one person
            ("0", "SW2", "1", "0", "2024-10-01", None, "15", "0"),  # began on the first day of the year
            ("0", "SW3", "0", "0.8", "2015-01-05", "2025-09-30", None, "10.15"),  # left on the census day
            ("0", "SW4", "0", "0", "2025-01-06", "2025-03-31", None, "0"),  # began and left again
            ("1", "SW5", "0.5", None, None, None, "5", None),
            ("1", "SW5", "0.5", None, None, None, "0", None),  # an agency record is a person each
        ],
    )
    assert {name: figure.printed for name, figure in found.items()} == {
        "inpost_fte": "2", "inpost_headcount": "2", "starters_fte": "1", "starters_headcount": "2",
        "leavers_fte": "0.8", "leavers_headcount": "2", "turnover_rate_fte": "40", "turnover_rate_headcount": "100",
        "agency_fte": "1", "agency_headcount": "2", "agency_rate_fte": "33.3", "agency_rate_headcount": "50",
        "agency_cover_fte": "0.5", "agency_cover_rate_fte": "50", "vacancy_fte": "1.5", "vacancy_rate_fte": "42.9",
        "vacancy_agency_cover_rate_fte": "33.3",
        "case_holders_fte": "2.1", "cases": "30", "caseload_fte": "14.3",  # 30 over 0.6 + 1 + 0.5
        "working_days_lost_fte": "12.7", "absence_rate_fte": "2.5",  # 12.65 of 2 x 253
    }  # fmt: skip


@pytest.mark.parametrize(("year", "rate"), [(2024, "1"), (2025, "1.0039525691699605")])
def test_the_working_days_are_254_in_a_year_with_a_leap_day(server, year, rate):
    row = ("0", "SW1", "1", "1", "2015-01-05", None, "0", "2.54")
    assert figures(year, ("0", "0", "0"), COLUMNS, [row])["absence_rate_fte"].value.normalize() == Decimal(rate)


def test_an_authority_without_workers_divides_by_nothing(server):
    found = figures(2025, ("0", "0", "0"), COLUMNS, [])
    rates = {name for name in found if "rate" in name or name == "caseload_fte"}
    assert {found[name].printed for name in rates} == {"z"}
    assert {found[name].printed for name in found.keys() - rates} == {"0"}


def test_breakdowns_by_age_role_ethnicity_and_service(server):
    columns = ("AgencyWorker", "SWENo", "PersonBirthDate", "Sex", "Ethnicity", "OrgRole", "FTE", "FTE30",
               "RoleStartDate", "RoleEndDate")  # fmt: skip
    rows = [
        # 30 on the reference date; two posts of one person, of which the manager's counts the person
        ("0", "SW1", "1995-09-30", "F", "WBRI", "5", "0.6", "1", "2023-10-01", None),
        ("0", "SW1", "1995-09-30", "F", "WBRI", "3", "0.4", "0", "2023-10-01", None),
        ("0", "SW2", "1995-10-01", "F", "CHNE", "5", "1", "1", "2023-09-30", None),  # a day under 30; two years here
        ("0", "SW3", None, "M", "REFU", "5", "0.5", "0", "2024-10-01", None),
        ("0", "SW4", "1964-04-01", "F", "WBRI", "1", "0", "0.8", "1995-03-31", "2025-03-31"),  # a day under 61 then
        ("1", "SW5", None, None, None, "5", "1", None, None, None),
    ]
    with opened(Council(), return_of("csww").collection(2025)) as connection:
        put(connection, return_of("csww"), "CSWWWorker", columns, rows)
        found = {row[:3]: row[3:] for row in statistics.characteristics(connection, "csww")}
    assert found["in post", "all", "all"] == ("2.5", "3", "100", "100")
    assert found["in post", "age", "30 to 39"] == ("1", "1", "50", "50")
    assert found["in post", "age", "20 to 29"] == ("1", "1", "50", "50")
    assert found["in post", "age", "not known"] == ("0.5", "1", "z", "z")
    assert found["in post", "role", "3 first line manager"] == ("0.4", "1", "16", "33.3")
    assert found["in post", "role", "5 case holder"] == ("2.1", "2", "84", "66.7")
    assert found["in post", "ethnic group", "Asian / Asian British"] == ("1", "1", "50", "50")
    assert found["in post", "ethnic group", "not known"] == ("0.5", "1", "z", "z")
    assert found["in post", "time in service", "2 to under 5"] == ("1", "1", "40", "33.3")
    assert found["starters", "sex", "male"] == ("0.5", "1", "100", "100")
    assert found["leavers", "age", "60 and over"] == ("0.8", "1", "100", "100")
    assert found["leavers", "time in service", "30 years or more"] == ("0.8", "1", "100", "100")


def test_the_public_breakdowns_follow_the_disclosure_rule(server):
    columns = ("AgencyWorker", "SWENo", "PersonBirthDate", "Sex", "OrgRole", "FTE", "FTE30", "RoleStartDate",
               "RoleEndDate")  # fmt: skip

    def people(first, count, sex, start="2015-01-05", end=None):
        return [("0", f"SW{first + n}", "1990-01-01", sex, "5", "1", "1", start, end) for n in range(count)]

    rows = [
        *people(100, 42, "F"), *people(200, 15, "M"),
        *people(300, 9, "F", start="2025-01-06"), *people(400, 6, "M", start="2025-01-06"),
        *people(500, 4, "F", end="2025-03-31"),
    ]  # fmt: skip
    with opened(Council(), return_of("csww").collection(2025)) as connection:
        put(connection, return_of("csww"), "CSWWWorker", columns, rows)
        shown = {found[:3]: found[3:] for found in statistics.public(connection, "csww")}
    # 72 in post, 51 women and 21 men; 15 of them began in the year. FTE is as the headcount here.
    assert shown["in post", "all", "all"] == ("75", "75", "100", "100")
    assert shown["in post", "sex", "female"] == ("55", "55", "73", "73")  # 53 of 73
    assert shown["in post", "sex", "male"] == ("25", "25", "32", "32")  # 23 of 73
    assert shown["in post", "time in service", "10 to under 20"] == ("60", "60", "79", "79")  # 58 of 73
    # Of fifteen no share is told.
    assert shown["starters", "sex", "female"] == shown["starters", "sex", "male"] == ("10", "10", "c", "c")
    assert {row for key, row in shown.items() if key[0] == "leavers"} == {("c",) * 4}
    with opened(Council(), return_of("csww").collection(2025)) as connection:
        put(
            connection,
            return_of("csww"),
            "CSWWWorker",
            columns,
            [*people(100, 62, "F"), *people(200, 5, "M")],
        )
        shown = {found[:3]: found[3:] for found in statistics.public(connection, "csww")}
    # Five are men, so the women are hidden too.
    assert shown["in post", "sex", "male"] == shown["in post", "sex", "female"] == ("c",) * 4
    assert shown["in post", "all", "all"] == ("70", "70", "100", "100")


@pytest.mark.parametrize(
    ("name", "value", "printed"),
    [
        ("turnover_rate_fte", "11.25", "11.3"),  # halves go up
        ("turnover_rate_fte", "11.249999", "11.2"),
        ("turnover_rate_fte", "12.04", "12"),
        ("absence_rate_fte", "0.05", "0.1"),
        ("absence_rate_fte", "0.049", "low"),
        ("absence_rate_fte", "0", "0"),
        ("agency_cover_rate_fte", "100", "100"),
        ("agency_cover_rate_fte", "100.01", "u"),
        ("turnover_rate_fte", "120", "120"),
        ("caseload_fte", None, "z"),
    ],
)
def test_figures_are_printed_as_the_publication_has_them(name, value, printed):
    is_cover_rate = name == "agency_cover_rate_fte"
    given = None if value is None else Decimal(value)
    assert statistics.printed(given, is_unreliable_above_100=is_cover_rate) == printed
