"""The input contract: every table and column the sources supply, read from the data files beside this module.

`contract/tables.csv` and `contract/columns.csv` are the one place where the 48 objects of the Standard Safeguarding
Dataset and the 63 local tables stand; landing, history, each night's views, what is checked of what landed and the
dictionary are generated from them. Code lists stand in `sql/ref/code_list.csv`.
"""

import csv
import functools
from dataclasses import dataclass
from pathlib import Path

from statutory.errors import ContractError
from statutory.paths import SQL

PERSON = ("ssd_person", "pers_person_id")
SOURCES = ("case_system", "hr", "agency", "local", "reference")
HERE = Path(__file__).parent / "contract"

# The source's own time stamps: stored with their version; a change in them makes no new version.
AUDIT_COLUMNS = frozenset({"source_updated_at"})
# An additional column of every source table in history and in a night: the original text where the canonical form
# differs, as an object by column. A change in it makes no new version.
AS_WRITTEN = "as_written"


@dataclass(frozen=True)
class Code:
    """One code of a list; years are those in which the collection ends, empty meaning no limit known."""

    code: str
    label: str
    aliases: tuple[str, ...]
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True)
class Column:
    """One column of a table: PostgreSQL type, whether it is part of the key, and what its values must keep to.

    `required` is "always", "conditional" (then `required_when` is a condition over the landed text) or "never".
    `references` are the columns, one of which holds the value: `table.column`, several with " or " between.
    `also_called` are the names that other versions of the dataset give it. `identifies` is the kind of thing that it
    tells apart (record, person, worker, registration, provider), empty where it tells nothing apart. `dated_by` is the
    column with the date on which a code must be valid; where there is none, it must be so on the night. `wanted` says
    when a field that indicators read must be filled: always, as required (by `required`), once dated (`dated_by` is
    known), once born, unless expected (of an unborn child); never where it is empty.
    """

    name: str
    also_called: tuple[str, ...]
    type: str
    key: bool
    required: str
    required_when: str
    code_list: str
    references: str
    identifies: str
    format: str
    dated_by: str
    wanted: str
    minimum: str
    maximum: str
    personal: bool
    description: str
    item_ref: str

    @property
    def sql_type(self) -> str:
        """The type in history and in the night; a moment is kept with its zone."""
        return "timestamptz" if self.type == "timestamp" else self.type

    @functools.cached_property
    def targets(self) -> tuple[tuple[str, str], ...]:
        """The tables and columns, in one of which a value of this column is to be found."""
        return tuple(
            (table, column)
            for target in self.references.split(" or ")
            if target
            for table, _, column in [target.partition(".")]
        )


@dataclass(frozen=True)
class Table:
    """One table of a source.

    `history` is false for what is landed only; `shipped` when the product brings rows; `dated_by` is the column with
    the date that a row is of, empty where it is of none.
    """

    name: str
    source: str
    grain: str
    history: bool
    shipped: bool
    may_be_empty: bool
    dated_by: str
    columns: tuple[Column, ...]

    @functools.cached_property
    def column_names(self) -> tuple[str, ...]:
        """All columns in the order of the contract."""
        return tuple(column.name for column in self.columns)

    @functools.cached_property
    def key(self) -> tuple[str, ...]:
        """The columns that identify a row."""
        return tuple(column.name for column in self.columns if column.key)

    @functools.cached_property
    def compared(self) -> tuple[str, ...]:
        """The columns whose change makes a new version."""
        return tuple(c.name for c in self.columns if not c.key and c.name not in AUDIT_COLUMNS)

    @functools.cached_property
    def persons(self) -> tuple[str, ...]:
        """The columns that name a person of the case system."""
        return tuple(c.name for c in self.columns if PERSON in c.targets or (self.name, c.name) == PERSON)

    def column(self, name: str) -> Column:
        """The column of that name, or of a name that other versions give it; ContractError when the table has none."""
        for column in self.columns:
            if name == column.name or name in column.also_called:
                return column
        raise ContractError(f"{self.name} has no column {name} in the contract")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@functools.cache
def tables() -> dict[str, Table]:
    """Every table of the contract by name, in the contract's order.

    Raises:
        ContractError: a column names a table, a code list or a reference that is not there.
    """
    columns: dict[str, list[Column]] = {}
    listed = _rows(HERE / "tables.csv")
    source = {row["table"]: row["source"] for row in listed}
    for row in _rows(HERE / "columns.csv"):
        columns.setdefault(row["table"], []).append(
            Column(
                name=row["column"], also_called=tuple(filter(None, row["also_called"].split(";"))), type=row["type"],
                key=row["key"] == "yes", required=row["required"] or "never", required_when=row["required_when"],
                identifies=row["identifies"] or ("record" if _tells_apart(row, source.get(row["table"])) else ""),
                personal=row["personal"] == "yes",
                **{
                    name: row[name]
                    for name in (
                        "code_list", "references", "format", "dated_by", "wanted", "minimum", "maximum", "description",
                        "item_ref",
                    )
                },
            )
        )  # fmt: skip
    found = {
        row["table"]: Table(
            name=row["table"],
            source=row["source"],
            grain=row["grain"],
            history=row["history"] == "yes",
            shipped=row["shipped"] == "yes",
            may_be_empty=row["may_be_empty"] == "yes",
            dated_by=row["dated_by"],
            columns=tuple(columns.pop(row["table"], ())),
        )
        for row in listed
    }
    if columns:
        raise ContractError(f"columns.csv names tables that tables.csv has not: {', '.join(sorted(columns))}")
    for table in found.values():
        if table.source not in SOURCES or not table.key:
            raise ContractError(f"tables.csv: {table.name} needs a known source and a key")
        for column in table.columns:
            if column.code_list and column.code_list not in code_lists():
                raise ContractError(f"columns.csv: {table.name}.{column.name} names no known code list")
            if column.dated_by and column.dated_by not in table.column_names:
                raise ContractError(f"columns.csv: {table.name}.{column.name} is dated by no column of its table")
            if any(name not in found or field not in found[name].column_names for name, field in column.targets):
                raise ContractError(f"columns.csv: {table.name}.{column.name} refers to nothing of the contract")
    return found


def _tells_apart(row: dict[str, str], source: str | None) -> bool:
    """Whether a text column is a key of records or a reference to one; codes and keys of reference tables are not."""
    is_key = row["key"] == "yes" and source != "reference"
    return row["type"] == "text" and not row["code_list"] and (is_key or bool(row["references"]))


def table(name: str) -> Table:
    """The table of that name; ContractError when the contract has none."""
    try:
        return tables()[name]
    except KeyError:
        raise ContractError(f"the contract has no table {name}") from None


def tables_of(source: str) -> list[Table]:
    """The tables of one source, in the contract's order."""
    return [t for t in tables().values() if t.source == source]


@functools.cache
def code_lists() -> dict[str, tuple[Code, ...]]:
    """Every code list by name (`ssda903.RNE`, `cin.Disability`, `csww.ORG_ROLE`, `local.…`)."""
    lists: dict[str, list[Code]] = {}
    for row in _rows(SQL / "ref" / "code_list.csv"):
        lists.setdefault(row["code_list"], []).append(
            Code(
                code=row["code"],
                label=row["label"],
                aliases=tuple(a for a in row["aliases"].split(";") if a),
                first_year=int(row["first_year"]) if row["first_year"] else None,
                last_year=int(row["last_year"]) if row["last_year"] else None,
            )
        )
    return {name: tuple(codes) for name, codes in lists.items()}
