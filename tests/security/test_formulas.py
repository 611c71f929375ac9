"""No cell of a CSV that the product hands out is run by a spreadsheet, whatever stands in the records."""

import csv
import io
import re

import pytest

from statutory import spreadsheet
from statutory.paths import PROJECT

# What is written for machines alone: rows on their way into PostgreSQL, and extracts, which are what a source sends.
BYTE_TRUE = {"sources/extract.py", "sources/database.py", "sample/council.py"}


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"), ("+cmd", "'+cmd"), ("-cmd", "'-cmd"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("\r=1", "'\n=1"), ("\n=1", "'\n=1"), ("＝1+1", "'＝1+1"), ("-1+cmd", "'-1+cmd"),
        ("-", "'-"), ("+44 20 7946", "'+44 20 7946"),
        ("-5", "-5"), ("-0.3", "-0.3"), ("+1.5", "+1.5"), ("-1,234.5", "-1,234.5"), ("-12%", "-12%"),
        ("a=b", "a=b"), ("", ""), (-5, "-5"), (None, ""), ("2025-01-01", "2025-01-01"),
    ],
)  # fmt: skip
def test_a_text_that_a_spreadsheet_would_run_is_marked_as_text_and_a_number_is_not(said, written):
    file = io.StringIO()
    assert spreadsheet.put_rows(file, ["x", "y"], [[said, "z"]]) == 1
    assert list(csv.reader(io.StringIO(file.getvalue(), newline=""))) == [["x", "y"], [written, "z"]]


def test_a_carriage_return_within_a_text_begins_no_row(tmp_path):
    spreadsheet.write_csv(tmp_path / "x.csv", ["x"], [["a\r=cmd"], ["b\r\n=cmd"]])
    written = (tmp_path / "x.csv").read_bytes().decode("utf-8-sig")
    assert written == 'x\n"a\n=cmd"\n"b\n=cmd"\n'


def test_every_csv_is_written_by_the_one_writer():
    own = {
        str(path.relative_to(PROJECT / "plugins" / "statutory"))
        for path in (PROJECT / "plugins" / "statutory").rglob("*.py")
        if re.search(r"csv\.(Dict)?[wW]riter|to_csv|to stdout \(format csv", path.read_text())
    }
    assert own == {"spreadsheet.py", *BYTE_TRUE}
