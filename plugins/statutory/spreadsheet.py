"""Rows for people who use a spreadsheet: CSV and workbooks, in which no text is ever taken for a formula.

Every CSV file that the product gives to people is written here. Input files are not: the sample's extracts are byte for
byte what a source system would send, and no spreadsheet opens rows on their way to PostgreSQL.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

ROWS_OF_A_SHEET = 1_000_000
MOST_FOOTER = 250  # characters that a workbook takes
# First characters of formulas, including full-width forms; a number, also with a percent sign, is not a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+(E[+-]?\d+)?%?", re.ASCII)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its columns with their widths in characters, and its rows, read once."""

    name: str
    columns: dict[str, int]
    rows: Iterable[Sequence[Any]]


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows as CSV, one by one; their number."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # Excel needs the mark
        return put_rows(file, columns, rows)


def put_rows(file: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows as CSV into an open file or stream; their number."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([as_text(column) for column in columns])
    number = 0
    for row in rows:
        writer.writerow([as_text(value) for value in row])
        number += 1
    return number


def as_text(value: Any) -> Any:
    """A value as a cell that no spreadsheet executes: a text that looks like a formula gets an apostrophe.

    A line end within a text is `\\n`, which is quoted; a bare carriage return would begin a row of its own.
    """
    if not isinstance(value, str):
        return value
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{value}" if value.startswith(FORMULA) and not NUMBER.fullmatch(value) else value


def write_workbook(path: Path, sheets: Sequence[Sheet], made: date | None = None, *, footer: str = "") -> None:
    """Write a workbook row by row. `made` stands in it as its date, so that the same rows give the same bytes.

    A footer stands below each printed page.
    """
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with path.open("wb") as file, xlsxwriter.Workbook(file, options) as book:
        if made:
            book.set_properties({"created": datetime(made.year, made.month, made.day)})  # noqa: DTZ001, it has no zone
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            if footer:
                page.set_footer(f"&L{footer.replace('&', '&&')[:MOST_FOOTER]}")
            for place, (column, width) in enumerate(sheet.columns.items()):
                page.set_column(place, place, width)
                page.write_string(0, place, column, bold)
            number = 0
            for number, row in enumerate(sheet.rows, 1):
                if number > ROWS_OF_A_SHEET:
                    page.write_string(number, 0, "there are more rows than a sheet holds: the CSV has them all")
                    break
                for place, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(number, place, value)
                    elif isinstance(value, date):
                        page.write_datetime(number, place, value, day)
                    elif value is not None:
                        page.write(number, place, value)
            page.autofilter(0, 0, min(number, ROWS_OF_A_SHEET), len(sheet.columns) - 1)
