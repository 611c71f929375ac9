import pytest

from statutory.quality import suites
from statutory.sources import contract


@pytest.mark.parametrize("table", contract.tables().values(), ids=lambda table: table.name)
def test_the_suite_in_the_tree_is_what_the_contract_gives(table):
    assert suites.path(table).read_text(encoding="utf-8") == suites.render(table)
