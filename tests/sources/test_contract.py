import pytest

from statutory.errors import ContractError
from statutory.sources import contract


def test_the_contract_holds_the_48_objects_of_the_dataset_and_the_63_local_tables():
    by_source = {source: len(contract.tables_of(source)) for source in contract.SOURCES}
    assert by_source["case_system"] == 48
    assert sum(by_source.values()) == 112


def test_the_version_log_and_the_staging_object_are_landed_only():
    assert {t.name for t in contract.tables().values() if not t.history} == {"ssd_version_log", "ssd_api_data_staging"}


def test_the_product_ships_five_tables():
    shipped = {t.name for t in contract.tables().values() if t.shipped}
    assert shipped == {
        "calendar_day",
        "authority",
        "local_parameter",
        "allocated_role",
        "benchmark",
        "worker_link_override",
    }


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("hr_post", ("post_id", "valid_from")),
        ("strategy_discussion", ("discussion_id", "person_id")),
        ("ssd_disability", ("disa_table_id",)),
        ("ssd_department", ("dept_team_id",)),
    ],
)
def test_keys(table, key):
    assert contract.table(table).key == key


def test_a_condition_says_when_a_leaving_reason_is_required():
    column = contract.table("hr_contract").column("leave_reason")
    assert (column.required, column.required_when, column.code_list) == (
        "conditional",
        "end_date is not null",
        "csww.REASON_LEAVE",
    )


def test_audit_stamps_are_not_compared():
    assert "source_updated_at" not in contract.table("hr_worker").compared
    assert "full_name" in contract.table("hr_worker").compared


def test_codes_have_years_and_aliases():
    codes = {c.code: c for c in contract.code_lists()["ssda903.PLACE"]}
    assert codes["K3"].first_year == 2025  # supported accommodation: 2024-25 on
    assert codes["P2"].last_year == 2025
    missing = {c.code: c.aliases for c in contract.code_lists()["ssda903.MISSING"]}
    assert missing == {"M": ("Missing",), "A": ("Away",)}


def test_an_unknown_table_is_a_contract_error():
    with pytest.raises(ContractError, match="no table hr_nothing"):
        contract.table("hr_nothing")
