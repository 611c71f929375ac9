"""How a council's own files become tables of the contract: `mappings/<source>.toml` in the folder `local`.

    date_format = "dd/mm/yyyy"            # of every date in the source; also encoding and delimiter
    schema = "dbo"                        # of the source's database, for tables that have no entry here

    [[hr_worker]]                         # once for each file that goes into the table
    file = "staff list.csv"               # or: query = "select ... where changed_on <= :night"
    columns = { worker_id = "Emp No", full_name = "Name" }
    constants = { source_system = "HR" }
    codes.sex_code = { Female = "F", Male = "M" }

The settings at the top are those of the tables with an entry; one without `file` or `query` means `<table>.csv`. A
column that is not named is taken from the file's column of the same name, in any case, or is empty.
A value that does not keep the date format, or has no translation, stays as it is, to be rejected or counted later.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from psycopg import sql
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from statutory.errors import SourceError
from statutory.sources import contract
from statutory.sources.contract import Table

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Part(BaseModel):
    """One file or one query of a table: where it is, how it is written, and what its columns are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str | None = None
    query: str | None = None
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    codes: dict[str, dict[str, str]] = {}
    date_format: str | None = None
    encoding: Literal["utf8", "win1252", "latin1"] = "utf8"
    delimiter: Literal[",", ";", "|", "\t"] = ","

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if (self.file is None) == (self.query is None):
            raise ValueError("say either a file or a query")
        return self

    @property
    def label(self) -> str:
        """How messages name it."""
        return self.file or "a query"


@dataclass(frozen=True)
class Mapping:
    """A source's mapped tables with their parts, and the schema of its database that holds the others."""

    parts: dict[str, list[Part]]
    schema: str | None = None


def path(local: Path, source: str) -> Path:
    """Where the mapping of a source lies in the council's own folder."""
    return local / "mappings" / f"{source}.toml"


def read(local: Path, source: str) -> Mapping:
    """The mapping of a source; empty when the council has none.

    Raises:
        SourceError: a table, a column or a setting of the mapping that the contract does not know; what to mend.
    """
    file = path(local, source)
    if not file.exists():
        return Mapping({})
    where = f"mappings/{file.name}"
    try:
        text = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{where} is no TOML: {error}") from None
    general = {key: value for key, value in text.items() if not isinstance(value, list)}
    schema = general.pop("schema", None)
    if not isinstance(schema, str | None):
        raise SourceError(f"{where}: schema is the name of a schema")
    tables = {table.name: table for table in contract.tables_of(source)}
    found: dict[str, list[Part]] = {}
    for name, parts in text.items():
        if not isinstance(parts, list):
            continue
        if name not in tables:
            raise SourceError(f"{where}: {name} is no table of the source {source}")
        found[name] = [_part(where, tables[name], general | part) for part in parts]
    return Mapping(found, schema)


def _part(where: str, table: Table, part_settings: dict[str, object]) -> Part:
    if "file" not in part_settings and "query" not in part_settings:
        part_settings = part_settings | {"file": f"{table.name}.csv"}
    try:
        part = Part.model_validate(part_settings)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        told = ": ".join([*map(str, first["loc"]), first["msg"].removeprefix("Value error, ")])
        raise SourceError(f"{where}: {table.name}: {told}") from None
    for kind in ("columns", "constants", "codes"):
        if unknown := sorted(set(getattr(part, kind)) - set(table.column_names)):
            raise SourceError(f"{where}: {table.name} has no column {', '.join(unknown)} (in {kind})")
    if twice := sorted(set(part.columns) & set(part.constants)):
        raise SourceError(f"{where}: {table.name}.{', '.join(twice)} has both a column and a constant")
    if part.date_format and _pattern(part.date_format) is None:
        raise SourceError(
            f"{where}: {table.name}: the date_format {part.date_format} must consist of dd, mm or mon, and yyyy"
        )
    return part


def check(names: list[str], part: Part, name: str) -> None:
    """Check that the columns named in the mapping exist.

    Raises:
        SourceError: one is not in what came, or is there more than once.
    """
    if missing := sorted(set(part.columns.values()) - set(names)):
        raise SourceError(f"{name} lacks the column {', '.join(missing)}, which the mapping names")
    if doubled := sorted({c for c in part.columns.values() if names.count(c) > 1}):
        raise SourceError(f"{name} has the column {', '.join(doubled)} more than once")


def absent(table: Table, part: Part, names: list[str]) -> list[str]:
    """The columns of the table that neither the file nor a constant fills."""
    filled = part.constants.keys() | _places(table, part, names).keys()
    return [column.name for column in table.columns if column.name not in filled]


def unused(table: Table, part: Part, names: list[str]) -> list[str]:
    """The columns of the file, those with a name, that go into no column of the table."""
    used = {names[n] for n in _places(table, part, names).values()}
    return [name for name in names if name and name not in used]


def _places(table: Table, part: Part, names: list[str]) -> dict[str, int]:
    folded = [name.lower() for name in names]
    found = {}
    for column in table.columns:
        name = column.name
        if name in part.columns:
            found[name] = names.index(part.columns[name])
        elif name not in part.constants:
            there = [folded.index(one) for one in (name, *column.also_called) if one in folded]
            found |= {name: there[0]} if there else {}
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
    # A text that does not match the format, or has an unknown month, is unchanged.
    return sql.SQL("coalesce({} || '-' || {} || '-' || lpad({}, 2, '0') || coalesce({}, ''), {})").format(
        group(place["yyyy"]), month, group(place["dd"]), group(4), raw
    )
