"""What people decided of a source: every file is read for some table, and no check stands for two things."""

from statutory.paths import EXPECTATIONS
from statutory.quality import suites
from statutory.sources import contract


def test_every_file_is_of_a_table_of_its_source():
    files = {(file.parent.name, file.name.split(".")[0]) for file in (EXPECTATIONS / "sources").rglob("*.json")}
    assert files <= {(table.source, table.name) for table in contract.tables().values()}


def test_no_two_checks_have_one_name():
    names = [check.id for table in contract.tables().values() for check in suites.checks(table)]
    assert sorted(names) == sorted(set(names))


def test_every_check_says_what_to_do_and_whether_it_stops_the_source():
    found = [check for table in contract.tables().values() for check in suites.checks(table)]
    assert [check.id for check in found if not check.fix.endswith(".")] == []
    assert {check.severity for check in found} == {"critical", "warning"}


def test_a_suite_is_what_the_contract_states_and_an_expectation_for_each_thing_decided():
    found = suites.suite(contract.table("hr_absence"))["expectations"]
    assert [(one["type"], one["severity"]) for one in found] == [
        ("expect_what_the_contract_states", "critical"),
        ("expect_what_the_contract_states", "warning"),
        ("expect_no_rows", "warning"),
        ("expect_no_rows", "warning"),
    ]
    assert [one["kwargs"]["checks"] for one in found[2:]] == [
        ["hr_absence/start_date/after the night"],
        ["hr_absence/end_date/before start_date"],
    ]
