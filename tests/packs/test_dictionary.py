"""The dictionary names everything the contract and the headers state, and every link in it leads somewhere."""

import re
from datetime import date

from councils import SHIPPED, at
from statutory.indicators import definition
from statutory.packs.dictionary import write_dictionary
from statutory.sources import contract


def test_every_table_column_and_code_stands_in_it_and_every_link_leads_to_one(home, tmp_path):
    write_dictionary(at(None, date(2025, 11, 14)), tmp_path / "dictionary.html")
    text = (tmp_path / "dictionary.html").read_text(encoding="utf-8")
    anchors = set(re.findall(r'id="([^"]+)"', text))
    assert anchors >= contract.tables().keys() | contract.code_lists().keys() | definition.indicators(SHIPPED).keys()
    columns = [column.name for table in contract.tables().values() for column in table.columns]
    assert all(f"<td>{name}</td>" in text for name in columns)
    assert set(re.findall(r'href="#([^"]+)"', text)) <= anchors
