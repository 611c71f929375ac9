"""A council of some twenty workers, each an awkward case: its census file and its statistics, worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest
from agency import book
from lxml import etree

from councils import SHIPPED, at, return_of
from statutory.returns import build, statistics, xml
from statutory.returns.rules import rules_of, run
from statutory.warehouse.build import build_night

NIGHT = date(2025, 10, 15)
CENSUS = return_of("csww").collection(2025)


@pytest.fixture
def twenty(connection, council, employ, add):
    """The council, its return built. P1, P2 and P3 of the common fixture stay empty: three vacancies of one each."""
    for post, role, funded in (("PC", "5", "12"), ("PM", "3", "2"), ("PS", "4", "3")):
        add(
            "hr_post", post_id=post, valid_from="2010-01-01", team_id="TA", csww_scope=True, csww_role=role,
            funded_fte=funded, budget_status="permanent",
        )  # fmt: skip
    employ("W01", ("PC", "2015-01-05", None, "1"))
    employ("W02", ("PC", "2018-04-02", None, "0.4"), ("PM", "2018-04-02", None, "0.6"))  # two posts
    employ("W03", ("PC", "2019-09-02", "2025-09-30", "1"))  # left on the census day
    employ("W04", ("PC", "2016-02-01", "2024-10-01", "0.8"))  # left on the first day of the year
    employ("W05", ("PC", "2016-02-01", "2024-09-30", "1"))  # left the day before it
    employ("W06", ("PC", "2017-09-04", None, "1"))  # on a career break
    add("hr_absence", absence_id="A6", worker_id="W06", absence_type="unpaid", start_date="2025-01-06",
        end_date="2026-01-05")  # fmt: skip
    employ("W07")  # zero hours
    add("hr_contract", contract_id="W07/0", worker_id="W07", post_id="PC", start_date="2020-01-06",
        contract_type="casual", fte="0")  # fmt: skip
    book(council, "A8", "2024-06-03", "2025-02-28", number="SW08")
    employ("W08", ("PC", "2025-03-03", None, "1"))  # agency turned permanent
    employ("W09", ("PC", "2025-01-06", "2025-06-30", "1"))  # began and left again
    employ("W10", ("PC", "2024-10-01", None, "0.5"))  # began on the first day of the year
    employ("W11", ("PC", "2024-09-30", None, "0.6"))  # the day before it
    employ("W12", ("PC", "2017-03-06", "2025-01-31", "1"), ("PS", "2025-02-01", None, "0.8"))  # moved up, fewer hours
    employ("W13", ("PC", "2018-01-08", "2025-04-30", "1"), ("PX", "2025-05-01", None, "1"))  # out of social work
    employ("W14", ("PC", "2012-05-14", "2024-12-31", "0.7"), ("PC", "2025-06-02", None, "0.7"))  # left and came back
    employ("W15", ("PC", "2020-01-06", None, "0.5"))
    employ("W16", ("PC", "2021-01-04", None, "0.5"), swe_number="SW15")  # the same person under a second number
    employ("W17", ("PC", "2019-01-07", None, "1"))
    employ("W18", ("PX", "2019-01-07", None, "1"))  # unqualified, with a caseload
    employ("W19", ("PM", "2014-10-06", None, "1"))
    employ("W20", ("PC", "2025-10-01", None, "1"))  # begins the day after the census
    book(council, "A1", "2025-03-03")
    book(council, "A2", "2025-03-03", "2025-09-29")  # ended the day before
    book(council, "A3", "2025-03-03", "2025-09-30", fte="0.5", reason="project")
    for number, worker, days in (("S1", "W17", "10.5"), ("S2", "W03", "2")):
        add("hr_absence", absence_id=number, worker_id=worker, absence_type="sickness", start_date="2025-03-03",
            end_date="2025-03-31", working_days_lost=days)  # fmt: skip
    add("allocated_role", role_code="FSW", valid_from="2000-01-01", role_kind="family_support", named_person=True)
    held = [("SW01", 3), ("SW19", 2), ("SW91", 2), ("SW02", 1), ("SW18", 1), ("SW17", 0)]
    for account, (number, children) in enumerate(held):
        add("ssd_professionals", prof_professional_id=f"X{account}", prof_social_worker_registration_no=number)
        for child in range(children):
            case = f"{account}.{child}"
            add("ssd_cin_episodes", cine_referral_id=f"R{case}", cine_person_id=f"C{case}",
                cine_referral_date="2025-01-06", cine_referral_nfa="N")  # fmt: skip
            add(
                "ssd_involvements", invo_involvements_id=f"I{case}", invo_person_id=f"C{case}",
                invo_professional_id=f"X{account}", invo_involvement_start_date="2025-04-07",
                invo_professional_role_id="FSW" if number == "SW18" else "SW",
            )  # fmt: skip
    build_night(at(connection, NIGHT))
    build.build_return(at(connection, NIGHT), CENSUS)
    return connection


# Agency, number, FTE, FTE of a year before, start, end, role, cases.
FILE = [
    ("0", "SW01", "1", "1", "2015-01-05", None, "5", "3"),
    ("0", "SW02", "0.4", "0.4", "2018-04-02", None, "5", "0"),
    ("0", "SW02", "0.6", "0.6", "2018-04-02", None, "3", "1"),  # the cases stand on the more senior record
    ("0", "SW03", "0", "1", "2019-09-02", "2025-09-30", "5", None),
    ("0", "SW04", "0", "0.8", "2016-02-01", "2024-10-01", "5", None),
    ("0", "SW06", "1", "1", "2017-09-04", None, "5", "0"),
    ("0", "SW08", "1", "0", "2025-03-03", None, "5", "0"),
    ("0", "SW09", "0", "0", "2025-01-06", "2025-06-30", "5", None),
    ("0", "SW10", "0.5", "0", "2024-10-01", None, "5", "0"),
    ("0", "SW11", "0.6", "0.6", "2024-09-30", None, "5", "0"),
    ("0", "SW12", "0.8", "1", "2017-03-06", None, "4", "0"),
    ("0", "SW13", "0", "1", "2018-01-08", "2025-04-30", "5", None),
    ("0", "SW14", "0", "0.7", "2012-05-14", "2024-12-31", "5", None),
    ("0", "SW14", "0.7", "0", "2025-06-02", None, "5", "0"),
    ("0", "SW15", "0.5", "0.5", "2020-01-06", None, "5", "0"),
    ("0", "SW15", "0.5", "0.5", "2021-01-04", None, "5", "0"),
    ("0", "SW17", "1", "1", "2019-01-07", None, "5", "0"),
    ("0", "SW19", "1", "1", "2014-10-06", None, "3", "2"),
    ("1", "SW91", "1", None, "2025-03-03", None, None, "2"),
    ("1", "SW93", "0.5", None, "2025-03-03", None, None, "0"),
]


def test_the_file_has_these_records_and_no_other(twenty):
    found = twenty.execute(
        "select AgencyWorker, SWENo, FTE, FTE30, RoleStartDate_text, RoleEndDate_text, OrgRole, Cases30 from CSWWWorker"
        " order by row_id"
    ).fetchall()
    wanted = [
        (agency, number, Decimal(fte), None if before is None else Decimal(before), start if agency == "0" else None,
         end, role, None if cases is None else Decimal(cases))
        for agency, number, fte, before, start, end, role, cases in FILE
    ]  # fmt: skip
    assert [(*row[:4], row[4] if row[0] == "0" else None, *row[5:]) for row in found] == wanted


def test_the_statistics_are_these(twenty):
    assert {figure.name: figure.printed for figure in statistics.authority(twenty, "csww")} == {
        "inpost_fte": "9.6",  # 1 + 1 + 1 + 1 + 0.5 + 0.6 + 0.8 + 0.7 + 1 (two numbers of one person) + 1 + 1
        "inpost_headcount": "11",
        "starters_fte": "2.2",  # W08 1, W10 0.5, W14 0.7; W09 left again
        "starters_headcount": "4",
        "leavers_fte": "3.5",  # W03 1, W04 0.8, W13 1, W14 0.7; W09 was not there a year before
        "leavers_headcount": "5",
        "turnover_rate_fte": "36.5",  # 3.5 / 9.6
        "turnover_rate_headcount": "45.5",  # 5 / 11
        "agency_fte": "1.5",
        "agency_headcount": "2",
        "agency_rate_fte": "13.5",  # 1.5 / 11.1
        "agency_rate_headcount": "15.4",  # 2 / 13
        "agency_cover_fte": "1",
        "agency_cover_rate_fte": "66.7",  # 1 / 1.5
        "vacancy_fte": "10.4",  # PC 12 - 7.2, PM 2 - 1.6, PS 3 - 0.8, and three empty posts
        "vacancy_rate_fte": "52",  # 10.4 / 20
        "vacancy_agency_cover_rate_fte": "9.6",  # 1 / 10.4
        "case_holders_fte": "3.6",  # W01 1, W02's senior post 0.6, W19 1, agency 1
        "cases": "8",  # the unqualified worker's child is in no count
        "caseload_fte": "2.2",
        "working_days_lost_fte": "12.5",  # the leaver's 2 too
        "absence_rate_fte": "0.5",  # 12.5 of 9.6 x 253
    }


def test_the_breakdowns_by_role_and_service_are_these(twenty):
    found = {row[:3]: row[3:5] for row in statistics.characteristics(twenty, "csww")}
    assert found["in post", "role", "3 first line manager"] == ("1.6", "2")  # W02 by the more senior post, and W19
    assert found["in post", "role", "4 senior practitioner"] == ("0.8", "1")
    assert found["in post", "role", "5 case holder"] == ("7.2", "8")
    # Under two years W08, W10, W11 and W14: 1 + 0.5 + 0.6 + 0.7.
    assert found["in post", "time in service", "under 2 years"] == ("2.8", "4")
    assert found["leavers", "time in service", "10 to under 20"] == ("0.7", "1")  # W14, who came back
    assert found["leavers", "all", "all"] == ("3.5", "5")


def test_the_rules_find_what_is_awkward(twenty):
    outcomes = {o.rule.id: o for o in run(twenty, rules_of(return_of("csww"), 2025, SHIPPED).values())}
    assert outcomes["CSWW026"].state == "passed"  # no record stands twice
    assert outcomes["CSWW028"].state == "passed"  # two posts and two numbers add up to one
    assert outcomes["CSWW078"].state == "passed"  # the unqualified worker's child is in neither count
    assert {o.rule.id for o in outcomes.values() if o.failures and o.rule.severity == "error"} == {
        "CSWW043", "CSWW045", "CSWW046", "CSWW047", "CSWW091",  # items that nobody filled here
    }  # fmt: skip


def test_the_file_is_written_as_it_stands(twenty, tmp_path):
    xml.write(twenty, CENSUS, tmp_path / "csww.xml")
    numbers = [worker.findtext("SWENo") for worker in etree.parse(tmp_path / "csww.xml").iter("CSWWWorker")]
    assert numbers == [record[1] for record in FILE]
