"""Check rows of a return that are in no warehouse: another system's file, a worked example, a test."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psycopg import sql

from statutory.returns import build, definition, layout, reading
from statutory.returns.rules import Outcome, rules_of, run
from statutory.warehouse import scratch
from statutory.warehouse.connection import Connection

if TYPE_CHECKING:
    import pandas as pd

# What the scratch database knows beside the modules; its source tables and marts are empty there and mean nothing.
REFERENCE = frozenset({"collection", "authority", "calendar_day", "code", "translation"})


def validate(
    return_name: str,
    year: int,
    tables: Mapping[str, pd.DataFrame],
    inputs: Mapping[str, Any] | None = None,
    rules: Sequence[str] | None = None,
) -> pd.DataFrame:
    """The rows of a return that fail its rules.

    Args:
        return_name: the return, such as csww.
        year: the year in which the collection ends.
        tables: by module, and `<module>_last` for the return of the year before, frames of text under the department's
            names. A column that is not given is missing in every row; a rule that reads a table that is not given is
            not run.
        inputs: `collection_start` and `collection_end` (dd/mm/yyyy or yyyy-mm-dd) in the place of the year's, and
            `local_authority`, the number of the authority that submits.
        rules: the ids of the rules to run, all of the year when not given; one that the year has not finds nothing.

    Returns:
        One row per rule and failing row: rule, table, row, counted from 0; a finding about the whole file is '', -1.

    Raises:
        StatutoryError: no such return, year or module.
    """
    import pandas as pd

    with opened(return_name, year, inputs) as connection:
        for name, frame in tables.items():
            present = frame.astype(object).where(frame.notna(), None)
            put(connection, return_name, name, list(frame.columns), present.itertuples(index=False, name=None))
        known = rules_of(return_name, definition.of(return_name).collection(year).period.year)
        chosen = known.values() if rules is None else [known[rule] for rule in rules if rule in known]
        list(run(connection, chosen, REFERENCE | {name.lower() for name in tables}))
        found = connection.execute(
            "select distinct rule, module, row_id from rule_finding order by rule, module, row_id"
        )
        return pd.DataFrame(found.fetchall(), columns=["rule", "table", "row"])


@contextlib.contextmanager
def opened(return_name: str, year: int, inputs: Mapping[str, Any] | None = None) -> Iterator[Connection]:
    """The scratch database with `collection` in it, ready for modules; at the end everything is rolled back."""
    given = inputs or {}
    chosen = definition.of(return_name).collection(year)
    if "collection_start" in given and "collection_end" in given:
        first, last = (_day(given[name]) for name in ("collection_start", "collection_end"))
        chosen = replace(chosen, period=replace(chosen.period, first_day=first, last_day=last))
    connection = scratch.ready()
    try:
        connection.execute(build.COLLECTION.replace("create table", "create temporary table"))
        build.fill_collection(connection, chosen, given.get("local_authority"))
        yield connection
    finally:
        connection.rollback()


def put(
    connection: Connection, return_name: str, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Make a module, or that of the year before, of rows of text; the number of rows.

    Raises:
        StatutoryError: the return has no such module.
    """
    module = layout.module_of(return_name, name)
    known = {field.name for field in layout.modules(return_name)[module]} | layout.BOOKKEEPING.keys() - {"row_id"}
    used = [n for n, column in enumerate(columns) if column in known]
    names = [sql.Identifier(columns[n].lower()) for n in used]
    texts = [sql.SQL("{} text").format(name) for name in names]
    connection.execute(
        sql.SQL("create temporary table given ({})").format(sql.SQL(", ").join([sql.SQL("row_id bigint"), *texts]))
    )
    number = 0
    copying = sql.SQL("copy given ({}) from stdin").format(sql.SQL(", ").join([sql.Identifier("row_id"), *names]))
    with connection.cursor() as cursor, cursor.copy(copying) as copy:
        for row in rows:
            copy.write_row((number, *(row[n] for n in used)))
            number += 1
    layout.lay(connection, return_name, module, "given", table=name, temporary=True)
    connection.execute("drop table given")
    return number


@dataclass(frozen=True)
class FileCheck:
    """A file that was read, whose rules run as their outcomes are asked for, once."""

    connection: Connection
    records: dict[str, int]
    rules: int
    outcomes: Iterator[Outcome]


@contextlib.contextmanager
def check_file(
    return_name: str, year: int, given: Sequence[Path], previous: Path | None, local_authority: str | None
) -> Iterator[FileCheck]:
    """Read the files of a return, and those of the period before where given, and have the rules of the year run.

    Args:
        return_name: the return.
        year: the year, or the period by its label.
        given: an XML file, CSV files named after their modules, or a folder of these; the name of a file of the
            period before ends in `_last`.
        previous: the file or folder of the period before.
        local_authority: the number of the authority that submits.

    Raises:
        ReturnFileError: a file cannot be read.
        StatutoryError: no such return or year.
    """
    return_ = definition.of(return_name)
    chosen = return_.collection(year)
    known = rules_of(return_name, chosen.period.year)
    files, last = reading.files_in(given)
    last += reading.files_in([previous])[0] if previous else []
    before = return_.before(chosen) or chosen
    with opened(return_name, year, {"local_authority": local_authority}) as connection:
        records = reading.read(connection, return_name, chosen.period.year, files)
        there = {name.lower() for name in records}
        if last:
            earlier = reading.read(connection, return_name, before.period.year, last, suffix=layout.LAST)
            there |= {f"{name}{layout.LAST}".lower() for name in earlier if name != reading.UNKNOWN}
        yield FileCheck(connection, records, len(known), run(connection, known.values(), REFERENCE | there))


def _day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y" if "/" in text else "%Y-%m-%d").date()  # noqa: DTZ007
