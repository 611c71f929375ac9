"""The workforce census: who is a record of which kind, what stands on it, and the file itself."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from agency import book
from lxml import etree

from councils import SHIPPED, at, return_of
from statutory.errors import StatutoryError
from statutory.returns import build, xml
from statutory.warehouse.build import build_night

NIGHT = date(2025, 10, 15)
COLLECTION = return_of("csww").newest(NIGHT)
PUBLISHED = Path(__file__).parents[3] / "shared" / "spec" / "xsd"


def workers(connection, *columns):
    """The worker records, in their order."""
    build_night(at(connection, NIGHT))
    build.build_return(at(connection, NIGHT), COLLECTION)
    return connection.execute(f"select {', '.join(columns)} from CSWWWorker order by row_id").fetchall()


def level(connection, *columns):
    build_night(at(connection, NIGHT))
    build.build_return(at(connection, NIGHT), COLLECTION)
    return connection.execute(f"select {', '.join(columns)} from LALevel").fetchone()


@pytest.mark.parametrize(
    ("night", "year"),
    [(date(2025, 9, 29), 2024), (date(2025, 9, 30), 2025), (date(2026, 9, 29), 2025), (date(2026, 9, 30), 2026)],
)
def test_the_newest_census_year_is_the_one_whose_reference_date_has_come(night, year):
    assert return_of("csww").newest(night).period.year == year


@pytest.mark.parametrize(
    ("last_day", "fte", "role_end"),
    [
        (None, "1", None),
        ("2025-10-01", "1", None),  # the day after the reference date
        ("2025-09-30", "0", "2025-09-30"),  # the reference date itself: a leaver
        ("2024-10-01", "0", "2024-10-01"),  # the first day of the year
    ],
)
def test_a_last_day_up_to_the_reference_date_makes_a_leaver(connection, employ, last_day, fte, role_end):
    employ("W1", ("P1", "2020-01-01", last_day, "1"))
    assert workers(connection, "FTE", "RoleEndDate::text", "FTE30") == [(Decimal(fte), role_end, Decimal(1))]


def test_who_left_before_the_year_or_came_after_it_is_no_record(connection, employ):
    employ("W1", ("P1", "2020-01-01", "2024-09-30", "1"))
    employ("W2", ("P1", "2025-10-01", None, "1"))
    assert workers(connection, "SWENo") == []


def test_a_new_contract_the_day_after_is_neither_a_leaver_nor_a_starter(connection, employ):
    employ("W1", ("P1", "2020-01-01", "2025-03-31", "1"), ("P2", "2025-04-01", None, "0.5"))
    record = workers(connection, "FTE", "FTE30", "RoleStartDate::text", "StartOrigin", "RoleEndDate", "OrgRole")
    assert record == [(Decimal("0.5"), Decimal(1), "2020-01-01", "1", None, "2")]


def test_a_day_between_makes_a_leaver_and_a_starter(connection, employ):
    employ("W1", ("P1", "2020-01-01", "2025-03-31", "1"), ("P1", "2025-04-02", None, "1"))
    assert workers(connection, "RoleStartDate::text", "RoleEndDate::text", "FTE", "FTE30", "StartOrigin") == [
        ("2020-01-01", "2025-03-31", Decimal(0), Decimal(1), "1"),
        ("2025-04-02", None, Decimal(1), Decimal(0), "2"),
    ]


def test_a_move_out_of_child_and_family_work_makes_a_leaver(connection, employ):
    employ("W1", ("P1", "2020-01-01", "2025-03-31", "1"), ("PX", "2025-04-01", None, "1"))
    assert workers(connection, "RoleEndDate::text", "FTE") == [("2025-03-31", Decimal(0))]


def test_two_posts_are_two_records_and_what_counts_once_stands_on_the_senior_one(connection, employ, council):
    employ("W1", ("P1", "2020-01-01", None, "0.4"), ("P2", "2020-01-01", None, "0.6"))
    council(
        "hr_absence", absence_id="A1", worker_id="W1", absence_type="sickness", start_date="2025-03-03",
        end_date="2025-03-04", working_days_lost="1.5",
    )  # fmt: skip
    assert workers(connection, "OrgRole", "FTE", "FTE30", "WorkingDaysLost") == [
        ("5", Decimal("0.4"), Decimal("0.4"), Decimal(0)),
        ("2", Decimal("0.6"), Decimal("0.6"), Decimal("1.5")),
    ]


def test_the_hours_of_a_post_given_up_stand_on_the_first_record(connection, employ):
    employ("W1", ("P3", "2020-01-01", "2025-01-31", "0.8"), ("P1", "2025-02-01", None, "0.5"))
    assert workers(connection, "OrgRole", "FTE", "FTE30") == [("5", Decimal("0.5"), Decimal("0.8"))]


def test_who_came_and_went_in_the_year_has_no_hours(connection, employ):
    employ("W1", ("P1", "2024-10-01", "2025-09-29", "1"))
    assert workers(connection, "FTE", "FTE30", "RoleEndDate::text", "LeaverDestination", "ReasonLeave", "Cases30") == [
        (Decimal(0), Decimal(0), "2025-09-29", "3", "1", None)
    ]


def test_an_agency_worker_is_in_on_the_last_day_and_carries_no_items_of_employees(connection, council):
    book(council, "A1", "2025-09-01", "2025-09-30", fte="0.6")
    book(council, "A2", "2025-09-01", "2025-09-29")
    # 1 September to 5 October are 35 days.
    columns = (
        "AgencyWorker",
        "SWENo",
        "FTE",
        "ContractWeeks",
        "Cases30",
        "PersonBirthDate",
        "WorkingDaysLost",
        "FTE30",
    )
    assert workers(connection, *columns) == [("1", "SW91", Decimal("0.6"), "5.0", 0, None, None, None)]


def test_vacancies_count_posts_that_an_agency_worker_covers(connection, employ, council):
    # P1 is empty although covered, P2 lacks 0.4, P3 falls free on the reference date, PX is out of scope.
    employ("W2", ("P2", "2020-01-01", None, "0.6"))
    employ("W3", ("P3", "2020-01-01", "2025-09-30", "1"))
    book(council, "A1", "2025-09-01", fte="0.8")
    book(council, "A2", "2025-09-01", reason="project")
    assert level(connection, "NumberOfVacancies", "NoAgencyFTE", "NoAgencyHeadcount") == (
        Decimal("2.40"), Decimal("0.80"), 1,
    )  # fmt: skip


def allocate(council, involvement, child, professional, *, start, end=None, role="SW"):
    council(
        "ssd_involvements", invo_involvements_id=involvement, invo_person_id=child, invo_professional_id=professional,
        invo_professional_role_id=role, invo_involvement_start_date=start, invo_involvement_end_date=end,
    )  # fmt: skip


def test_cases_are_open_children_whose_named_social_worker_this_is(connection, employ, council):
    employ("W1", ("P1", "2020-01-01", None, "1"))
    employ("W2", ("P2", "2020-01-01", None, "1"), staff_id="S2", swe_number="SW2")
    council("ssd_professionals", prof_professional_id="PR1", prof_social_worker_registration_no="SW1")
    council("ssd_professionals", prof_professional_id="PR2", prof_staff_id="S2")
    closings = {"C1": None, "C2": None, "C3": "2025-09-30", "C4": "2025-10-01", "C5": None}
    for child, close in closings.items():
        council(
            "ssd_cin_episodes", cine_referral_id=f"R{child}", cine_person_id=child, cine_referral_date="2025-01-01",
            cine_close_date=close, cine_referral_nfa="N",
        )  # fmt: skip
    allocate(council, "I1", "C1", "PR1", start="2025-01-02")
    # A child with two named workers is a case of each.
    allocate(council, "I2", "C2", "PR1", start="2025-01-02")
    allocate(council, "I3", "C2", "PR2", start="2025-05-01")
    # Closed on the reference date is not open at its end; closed the day after is.
    allocate(council, "I4", "C3", "PR1", start="2025-01-02")
    allocate(council, "I5", "C4", "PR2", start="2025-01-02")
    # An involvement that ended on the day, another role, a child without an open case.
    allocate(council, "I6", "C5", "PR1", start="2025-01-02", end="2025-09-30")
    allocate(council, "I7", "C5", "PR1", start="2025-01-02", role="PA")
    allocate(council, "I8", "C6", "PR1", start="2025-01-02")
    assert workers(connection, "SWENo", "Cases30") == [("SW1", 2), ("SW2", 2)]


def test_cases_of_a_person_with_two_hr_numbers_stand_once_on_the_senior_post(connection, employ, council):
    employ("W1", ("P1", "2020-01-01", None, "0.5"), swe_number="SW9")
    employ("W2", ("P2", "2020-01-01", None, "0.5"), swe_number="SW9")
    council("ssd_professionals", prof_professional_id="PR1", prof_social_worker_registration_no="SW9")
    for child in ("C1", "C2", "C3"):
        council(
            "ssd_cin_episodes", cine_referral_id=f"R{child}", cine_person_id=child, cine_referral_date="2025-01-01",
            cine_referral_nfa="N",
        )  # fmt: skip
        allocate(council, f"I{child}", child, "PR1", start="2025-01-02")
    assert workers(connection, "OrgRole", "Cases30") == [("5", 0), ("2", 3)]


@pytest.mark.parametrize(
    ("start", "end", "recorded", "days"),
    [
        ("2025-03-03", "2025-03-07", None, "5"),  # Monday to Friday
        ("2025-03-07", "2025-03-10", None, "2"),  # over a weekend
        ("2025-03-03", "2025-03-07", "2.5", "2.5"),  # HR's own count
        ("2024-09-26", "2024-10-02", "5", "2"),  # 1 and 2 October; HR's count is of the whole spell
        ("2025-09-29", None, None, "2"),  # open: to the reference date
        ("2024-09-20", "2024-09-30", None, "0"),
    ],
)
def test_sickness_counts_working_days_of_the_census_year(connection, employ, council, start, end, recorded, days):  # noqa: PLR0917
    employ("W1", ("P1", "2020-01-01", None, "1"))
    council(
        "hr_absence", absence_id="A1", worker_id="W1", absence_type="sickness", start_date=start, end_date=end,
        working_days_lost=recorded,
    )  # fmt: skip
    assert workers(connection, "WorkingDaysLost") == [(Decimal(days),)]


def test_an_absence_over_the_reference_date_is_told_with_its_reason(connection, employ, council):
    for worker, kind, end in (
        ("W1", "sickness", "2025-09-30"),
        ("W2", "maternity", None),
        ("W3", "sickness", "2025-09-29"),
    ):
        employ(worker, (f"P{worker[1:]}", "2020-01-01", None, "1"))
        council(
            "hr_absence", absence_id=worker, worker_id=worker, absence_type=kind, start_date="2025-09-01", end_date=end
        )
    assert workers(connection, "SWENo", "Absat30Sept", "ReasonAbsence") == [
        ("SW1", "1", "SIC"), ("SW2", "1", "MAT"), ("SW3", "0", None),
    ]  # fmt: skip


def test_the_file_keeps_the_departments_schema_and_is_the_same_each_time(connection, employ, council, tmp_path):
    employ("W1", ("P1", "2020-01-01", None, "1"), ethnicity_code="WBRI", qualification_level="2")
    book(council, "A1", "2025-09-01")
    build_night(at(connection, NIGHT))
    for name in ("first.xml", "second.xml"):
        build.build_return(at(connection, NIGHT), COLLECTION)
        xml.write(connection, COLLECTION, tmp_path / name)
    assert (tmp_path / "first.xml").read_bytes() == (tmp_path / "second.xml").read_bytes()
    tree = etree.parse(tmp_path / "first.xml")
    assert tree.findtext("Header/CollectionDetails/ReferenceDate") == "2025-09-30"
    assert tree.findtext("Header/Source/LEA") == "990"
    assert [element.tag for element in tree.findall("CSWWWorker")[1]] == [
        "AgencyWorker", "SWENo", "FTE", "Cases30", "ContractWeeks",
    ]  # fmt: skip
    assert_published_schema_holds(tree, 2025)


def test_what_breaks_the_schema_is_named_and_counted_without_a_value(connection, employ, tmp_path):
    employ("W1", ("P1", "2020-01-01", None, "1"), swe_number=None)
    employ("W2", ("P2", "2020-01-01", None, "1"), swe_number="999999")
    employ("W3", ("P3", "2020-01-01", None, "1"), sex_code="0", ethnicity_code="WXYZ")
    build_night(at(connection, NIGHT))
    build.build_return(at(connection, NIGHT), COLLECTION)
    with pytest.raises(StatutoryError) as caught:
        xml.write(connection, COLLECTION, tmp_path / "csww.xml")
    assert str(caught.value) == (
        "csww 2025 is not written; correct these records in the source first: "
        "CSWWWorker/Ethnicity has content that the return does not allow: 1; "
        "CSWWWorker/SWENo has content that the return does not allow: 1; CSWWWorker/SWENo is missing: 1; "
        "CSWWWorker/Sex has content that the return does not allow: 1"
    )
    assert not (tmp_path / "csww.xml").exists()


def test_an_authority_item_that_is_not_given_is_named(connection, employ, add, loaded, tmp_path):
    connection.execute("delete from history.csww_la_item where item = 'CostSWE'")
    employ("W1", ("P1", "2020-01-01", None, "1"))
    build_night(at(connection, NIGHT))
    build.build_return(at(connection, NIGHT), COLLECTION)
    with pytest.raises(StatutoryError, match="LALevel/CostSWE is missing: 1"):
        xml.write(connection, COLLECTION, tmp_path / "csww.xml")


def test_without_any_authority_item_the_missing_module_is_named(connection, employ, tmp_path):
    connection.execute("delete from history.csww_la_item")
    employ("W1", ("P1", "2020-01-01", None, "1"))
    build_night(at(connection, NIGHT))
    build.build_return(at(connection, NIGHT), COLLECTION)
    with pytest.raises(StatutoryError, match="is missing: 1"):
        xml.write(connection, COLLECTION, tmp_path / "csww.xml")


def test_without_the_authority_there_is_no_return(connection, loaded):
    loaded(NIGHT)
    build_night(at(connection, NIGHT))
    with pytest.raises(StatutoryError, match="own_la"):
        build.build_return(at(connection, NIGHT), COLLECTION)


def test_a_year_whose_layout_is_not_known_is_refused():
    with pytest.raises(StatutoryError, match="layout of csww 2020"):
        build.modules(return_of("csww").collection(2020), SHIPPED)


@pytest.mark.parametrize(
    "layout",
    [
        (2021, {"GenderCurrent", "QualInst", "CFKSSstatus"}, {"Sex", "BaseSalary"}),
        (2022, {"GenderCurrent", "QualInst", "CFKSSstatus"}, {"Sex", "BaseSalary"}),
        (2023, {"GenderCurrent", "QualInst", "CFKSSstatus"}, {"Sex", "BaseSalary"}),
        (2024, {"Sex", "QualInst", "CFKSSstatus"}, {"GenderCurrent", "BaseSalary"}),
        (2025, {"Sex", "BaseSalary"}, {"GenderCurrent", "QualInst", "CFKSSstatus"}),
    ],
)
def test_a_file_has_the_elements_of_its_year(connection, employ, council, tmp_path, layout):
    year, has, has_not = layout
    employ("W1", ("P1", "2015-01-01", None, "1"), qualification_level="2", cfkss_status="1", ethnicity_code="WBRI")
    connection.execute("update history.hr_contract set base_salary_full_time = 41000")
    book(council, "A1", "2020-09-01", None)
    collection = return_of("csww").collection(year)
    build_night(at(connection, NIGHT))
    build.build_return(at(connection, NIGHT), collection)
    xml.write(connection, collection, tmp_path / "csww.xml")
    tree = etree.parse(tmp_path / "csww.xml")
    found = {element.tag for element in tree.iter()}
    assert has <= found
    assert not has_not & found
    assert ("LALevelVacancies" in found, "LALevel" in found) == (year < 2025, year >= 2025)
    assert tree.findtext("Header/Source/DateTime") == "2025-10-16T00:00:00"  # the end of the night
    assert_published_schema_holds(tree, year)


def assert_published_schema_holds(tree, year):
    path = PUBLISHED / f"csww_schema_{year}.xsd"
    if path.exists():
        # The published pattern ends in a literal dollar sign, which no number has.
        etree.XMLSchema(etree.fromstring(path.read_bytes().replace(b'$"', b'"'))).assertValid(tree)
