"""How a council's own files become tables of the contract: `mappings/<source>.toml` in the folder `local`.

    date_format = "dd/mm/yyyy"            # of every date in the source; also encoding and delimiter

    [[hr_worker]]                         # once for each file that goes into the table
    file = "staff list.csv"
    columns = { worker_id = "Emp No", full_name = "Name" }
    constants = { source_system = "HR" }
    codes.sex_code = { Female = "F", Male = "M" }

A column that is not named is taken from the file's column of the same name, in any case, or is empty.
A value that does not keep the date format, or has no translation, stays as it is, to be rejected or counted later.
"""

import csv
import re
import tomllib
from pathlib import Path
from typing import Literal

from psycopg import sql
from pydantic import BaseModel, ConfigDict, ValidationError

from statutory.errors import SourceError
from statutory.settings import settings
from statutory.sources import contract
from statutory.sources.contract import Table

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CODECS = {"utf8": "utf-8-sig", "win1252": "cp1252", "latin1": "latin-1"}


class Part(BaseModel):
    """One file of a table: where it is, how it is written, and what its columns are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    codes: dict[str, dict[str, str]] = {}
    date_format: str | None = None
    encoding: Literal["utf8", "win1252", "latin1"] = "utf8"
    delimiter: Literal[",", ";", "|", "\t"] = ","


Mapping = dict[str, list[Part]]


def path(source: str) -> Path:
    """Where the mapping of a source lies."""
    return settings().local / "mappings" / f"{source}.toml"


def read(source: str) -> Mapping:
    """The files of each mapped table of a source; empty without a mapping.

    Raises:
        SourceError: a table, a column or a setting of the mapping that the contract does not know; what to mend.
    """
    file = path(source)
    if not file.exists():
        return {}
    where = f"mappings/{file.name}"
    try:
        text = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{where} is no TOML: {error}") from None
    general = {key: value for key, value in text.items() if not isinstance(value, list)}
    tables = {table.name: table for table in contract.tables_of(source)}
    found: Mapping = {}
    for name, parts in text.items():
        if name in general:
            continue
        if name not in tables:
            raise SourceError(f"{where}: {name} is no table of the source {source}")
        found[name] = [_part(where, tables[name], general | part) for part in parts]
    return found


def _part(where: str, table: Table, given: dict[str, object]) -> Part:
    try:
        part = Part.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise SourceError(f"{where}: {table.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    for kind in ("columns", "constants", "codes"):
        if unknown := sorted(set(getattr(part, kind)) - set(table.column_names)):
            raise SourceError(f"{where}: {table.name} has no column {', '.join(unknown)} (in {kind})")
    if twice := sorted(set(part.columns) & set(part.constants)):
        raise SourceError(f"{where}: {table.name}.{', '.join(twice)} has both a column and a constant")
    if part.date_format and _pattern(part.date_format) is None:
        raise SourceError(
            f"{where}: {table.name}: the date_format {part.date_format} is not made of dd, mm or mon, and yyyy"
        )
    return part


def header(file: Path, part: Part, name: str) -> list[str]:
    """The column names of a mapped file as they are written.

    Raises:
        SourceError: the file is not there, its header cannot be read, or a column that the mapping names is not in it.
    """
    if not file.exists():
        raise SourceError(f"{name} is not there, although the mapping names it")
    with file.open("rb") as opened:
        first = opened.readline()
    try:
        names = next(csv.reader([first.decode(CODECS[part.encoding])], delimiter=part.delimiter), [])
    except UnicodeDecodeError:
        raise SourceError(f"{name}: the header is not {part.encoding}; say the encoding in the mapping") from None
    names = [column.strip() for column in names]
    if not any(names):
        raise SourceError(f"{name} has no header row")
    if missing := sorted(set(part.columns.values()) - set(names)):
        raise SourceError(f"{name} lacks the column {', '.join(missing)}, which the mapping names")
    if doubled := sorted({c for c in part.columns.values() if names.count(c) > 1}):
        raise SourceError(f"{name} has the column {', '.join(doubled)} more than once")
    return names


def unused(table: Table, part: Part, names: list[str]) -> list[str]:
    """The columns of the file that go into no column of the table."""
    used = {names[n] for n in _places(table, part, names).values()}
    return [name for name in names if name not in used]


def unfilled(table: Table, part: Part, names: list[str]) -> list[str]:
    """The columns of the table that nothing of the file goes into."""
    return [c for c in table.column_names if c not in _places(table, part, names) and c not in part.constants]


def _places(table: Table, part: Part, names: list[str]) -> dict[str, int]:
    folded = [name.lower() for name in names]
    found = {}
    for column in table.column_names:
        if column in part.columns:
            found[column] = names.index(part.columns[column])
        elif column not in part.constants and column in folded:
            found[column] = folded.index(column)
    return found


def expressions(table: Table, part: Part, names: list[str]) -> list[sql.Composable]:
    """For each column of the table, in its order, the expression over the copied file (columns c0, c1, ...)."""
    places = _places(table, part, names)
    made: list[sql.Composable] = []
    for column in table.columns:
        if column.name in part.constants:
            made.append(sql.Literal(part.constants[column.name]))
        elif column.name not in places:
            made.append(sql.SQL("null::text"))
        else:
            raw: sql.Composable = sql.Identifier(f"c{places[column.name]}")
            if column.type in ("date", "timestamp") and part.date_format:
                raw = _date(raw, part.date_format)
            if column.name in part.codes:
                raw = _code(raw, part.codes[column.name])
            made.append(raw)
    return made


def _code(raw: sql.Composable, codes: dict[str, str]) -> sql.Composable:
    cases = sql.SQL(" ").join(
        sql.SQL("when {} then {}").format(sql.Literal(said.strip().lower()), sql.Literal(code))
        for said, code in codes.items()
    )
    return sql.SQL("case lower(btrim({0})) {1} else {0} end").format(raw, cases)


def _pattern(date_format: str) -> tuple[str, dict[str, int]] | None:
    """A pattern with a group for day, month and year each, and what stands after them; and which group is which."""
    parts = re.findall(r"dd|mon|mm|yyyy|[-/. ]", date_format.lower())
    fields = [part for part in parts if len(part) > 1]
    if "".join(parts) != date_format.lower() or sorted(fields) not in (["dd", "mm", "yyyy"], ["dd", "mon", "yyyy"]):
        return None
    groups = {"dd": r"(\d{1,2})", "mm": r"(\d{1,2})", "mon": "([A-Za-z]{3})", "yyyy": r"(\d{4})"}
    if len(parts) == len(fields):  # without anything between them, the parts have fixed widths
        groups |= {"dd": r"(\d{2})", "mm": r"(\d{2})"}
    pattern = "^" + "".join(groups.get(part, re.escape(part)) for part in parts) + r"([ T]\d{1,2}:\d{2}.*)?$"
    return pattern, {field: n for n, field in enumerate(fields, 1)}


def _date(raw: sql.Composable, date_format: str) -> sql.Composable:
    found = _pattern(date_format)
    if found is None:
        return raw
    pattern, place = found
    match = sql.SQL("regexp_match(btrim({}), {})").format(raw, sql.Literal(pattern))

    def group(number: int) -> sql.Composable:
        return sql.SQL("({})[{}]").format(match, sql.Literal(number))

    if "mon" in place:
        cases = sql.SQL(" ").join(
            sql.SQL("when {} then {}").format(sql.Literal(name), sql.Literal(f"{n:02d}"))
            for n, name in enumerate(MONTHS, 1)
        )
        month: sql.Composable = sql.SQL("case lower({}) {} end").format(group(place["mon"]), cases)
    else:
        month = sql.SQL("lpad({}, 2, '0')").format(group(place["mm"]))
    # What is no date of this format, or has a month of no name, stays as it came.
    return sql.SQL("coalesce({} || '-' || {} || '-' || lpad({}, 2, '0') || coalesce({}, ''), {})").format(
        group(place["yyyy"]), month, group(place["dd"]), group(4), raw
    )
