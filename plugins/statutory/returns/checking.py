"""Check rows of a return that are not in a warehouse: another system's file, an example, a test."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psycopg import sql

from statutory.returns import build, definition, layout, reading
from statutory.returns.definition import Collection, Return
from statutory.returns.rules import Outcome, rules_of, run
from statutory.settings import Council
from statutory.warehouse import scratch
from statutory.warehouse.connection import Connection, open_council

if TYPE_CHECKING:
    import pandas as pd

# What rules read beside the modules.
REFERENCE = frozenset({"collection", *scratch.REFERENCE})
MANY = 1000  # rows, from which on a plan is worth statistics


def validate(
    return_name: str,
    year: int,
    tables: Mapping[str, pd.DataFrame],
    inputs: Mapping[str, Any] | None = None,
    rules: Sequence[str] | None = None,
    *,
    connection: Connection | None = None,
) -> pd.DataFrame:
    """The rows of a return that fail its rules.

    Args:
        return_name: the return, such as csww.
        year: the year in which the collection ends.
        tables: by module, and `<module>_last` for the return of the year before, frames of text under the department's
            names. A missing column is empty in every row; a rule that reads a missing table is not run.
        inputs: `collection_start` and `collection_end` (dd/mm/yyyy or yyyy-mm-dd) instead of the year's, and
            `local_authority`, the number of the authority that submits.
        rules: the ids of the rules to run, all of the year when not given; a rule that the year does not have finds
        nothing.
        connection: to the scratch database, in no transaction, for many calls one after another; each opens and closes
            one when not given.

    Returns:
        One row per rule and failing row: rule, table, row, counted from 0; a finding about the whole file is '', -1.

    Raises:
        StatutoryError: no such return, year or module.
    """
    import pandas as pd

    council = open_council("scratch") if connection is None else Council.of_environment()
    return_ = definition.of(return_name, council.local)
    with opened(council, return_.collection(year), inputs, connection) as database:
        layout.make(database, return_, list(tables), temporary=True)
        for name, frame in tables.items():
            present = frame.to_numpy(dtype=object, copy=True)
            present[frame.isna().to_numpy()] = None
            _fill(database, return_, name, list(frame.columns), present.tolist())
        known = rules_of(return_, return_.collection(year).period.year, council.local)
        chosen = known.values() if rules is None else [known[rule] for rule in rules if rule in known]
        list(run(database, chosen, REFERENCE | {name.lower() for name in tables}))
        found = database.execute("select distinct rule, module, row_id from rule_finding order by rule, module, row_id")
        return pd.DataFrame(found.fetchall(), columns=["rule", "table", "row"])


@contextlib.contextmanager
def opened(
    council: Council, chosen: Collection, inputs: Mapping[str, Any] | None = None, connection: Connection | None = None
) -> Iterator[Connection]:
    """The scratch database with `collection` in it, ready for modules, which are empty again at the end."""
    asked = inputs or {}
    if "collection_start" in asked and "collection_end" in asked:
        first, last = (_day(asked[name]) for name in ("collection_start", "collection_end"))
        chosen = replace(chosen, period=replace(chosen.period, first_day=first, last_day=last))
    with scratch.connected(council, connection) as found:
        scratch.reference(found)
        made = build.COLLECTION.replace("create table", "create temporary table if not exists")
        found.execute(made)
        build.fill_collection(found, chosen, asked.get("local_authority"))
        yield found
        if connection:
            scratch.keep(found)


def put(
    connection: Connection, return_: Return, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Make a module, or that of the year before, of rows of text; the number of rows.

    Raises:
        StatutoryError: the return has no such module.
    """
    layout.make(connection, return_, [name], temporary=True)
    return _fill(connection, return_, name, columns, rows)


def _fill(
    connection: Connection, return_: Return, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    module = layout.modules(return_)[layout.module_of(return_, name)]
    known = {field.name for field in module} | layout.BOOKKEEPING.keys() - {"row_id"}
    used = {column.lower(): n for n, column in enumerate(columns) if column in known}
    found = [[None if value is None else str(value) for value in row] for row in rows]
    arrays = ", ".join(["%s::bigint[]", *["%s::text[]"] * len(used)])
    names = "".join(f', "{column}"' for column in used)
    layout.fill(
        connection, return_, name, ("row_id", *used), f"unnest({arrays}) as column_ (row_id{names})",
        values=[list(range(len(found))), *([row[n] for row in found] for n in used.values())],
    )  # fmt: skip
    if len(found) >= MANY:
        connection.execute(sql.SQL("analyze {}").format(sql.Identifier(name.lower())))
    return len(found)


@dataclass(frozen=True)
class FileCheck:
    """A file that was read; its rules run once, as their results are read."""

    connection: Connection
    records: dict[str, int]
    rules: int
    outcomes: Iterator[Outcome]


@contextlib.contextmanager
def check_file(
    council: Council, chosen: Collection, files: Sequence[Path], previous: Path | None, local_authority: str | None
) -> Iterator[FileCheck]:
    """Read the files of a return, and those of the period before, and have the rules of the year run.

    Args:
        council: the council whose own rules are run too.
        chosen: the collection of the return.
        files: an XML file, CSV files named after their modules, or a folder of these; the name of a file of the
            period before ends in `_last`.
        previous: the file or folder of the period before.
        local_authority: the number of the authority that submits.

    Raises:
        ReturnFileError: a file cannot be read.
    """
    known = rules_of(chosen.return_, chosen.period.year, council.local)
    current, last = reading.files_in(files)
    last += reading.files_in([previous])[0] if previous else []
    before = chosen.return_.before(chosen) or chosen
    with opened(council, chosen, {"local_authority": local_authority}) as connection:
        records = reading.read(connection, chosen.return_, chosen.period.year, current)
        there = {name.lower() for name in records}
        if last:
            earlier = reading.read(connection, chosen.return_, before.period.year, last, suffix=layout.LAST)
            there |= {f"{name}{layout.LAST}".lower() for name in earlier if name != reading.UNKNOWN}
        yield FileCheck(connection, records, len(known), run(connection, known.values(), REFERENCE | there))


def _day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y" if "/" in text else "%Y-%m-%d").date()  # noqa: DTZ007
