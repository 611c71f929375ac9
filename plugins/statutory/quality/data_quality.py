"""What a night's rows show about data quality, as tables that indicators read.

Each is one select per source table, so the scratch database has it as views. What a night knows of the nights before it
is in `run_history`.
"""

import csv
import functools
import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from psycopg import sql

from statutory.night import Night
from statutory.paths import SQL
from statutory.sources import canonical, contract
from statutory.sources.coerce import literal
from statutory.sources.contract import Column, Table
from statutory.warehouse.connection import Connection

RELATIONS = {
    "known_on": "one row: the night",
    "lost_reference": "one row per row and column that refers to a missing record",
    "doubled_row": "one row per source table and duplicate key: the number of rows beyond the first",
    "unknown_code": "one row per row and coded field whose code is in no list, or was not valid on the date of the row",
    "field_completeness": "one row per field that indicators need filled, and per first date of a source table: the"
    " rows in which it is wanted, those with a usable value, the newest date up to the night",
}

# An unborn child needs only the expected date (convention K11).
BORN, NOT_EXPECTED = "here.pers_dob is not null", "here.pers_expected_dob is null"


def _listed(texts: Collection[str]) -> str:
    return ", ".join(literal(text) for text in sorted(texts))


def _row_key(table: Table) -> str:
    return "concat_ws('/', " + ", ".join(f"here.{key}" for key in table.key) + ")"


def _child(table: Table) -> str:
    """The child of a row, so that its id can become a pseudonym."""
    return f"here.{table.persons[0]}::text" if table.persons else "null::text"


def _kept() -> list[Table]:
    return [table for table in contract.tables().values() if table.history]


def lost(table: Table, column: Column) -> str:
    """The select of the rows whose reference leads nowhere."""
    found = " and ".join(
        f"not exists (select 1 from {name} as target where target.{field} = here.{column.name})"
        for name, field in column.targets
    )
    return (
        f"select '{table.name}' as table_name, '{column.name}' as column_name, {_row_key(table)} as row_key,"
        f" {_child(table)} as child_id from {table.name} as here where here.{column.name} is not null and {found}"
    )


def losses(supplied: Collection[str]) -> Iterator[str]:
    """The selects of lost references; references to tables that are not supplied are skipped."""
    for table in _kept():
        for column in table.columns if table.name in supplied else ():
            if column.targets and all(name in supplied for name, _ in column.targets):
                yield lost(table, column)


def doubled(table: Table) -> str:
    """The select of duplicate keys; a night quarantines them before its tables are built."""
    keys = ", ".join(f"here.{key}" for key in table.key)
    return (
        f"select '{table.name}' as table_name, {_row_key(table)} as row_key, min({_child(table)}) as child_id,"
        f" count(*) - 1 as surplus from {table.name} as here group by {keys} having count(*) > 1"
    )


def _day(column: Column) -> str:
    name = f"here.{column.name}"
    return f"({name} at time zone 'Europe/London')::date" if column.type == "timestamp" else name


@functools.cache
def _year_end() -> dict[str, tuple[int, int]]:
    with (SQL / "ref" / "code_list_year.csv").open(encoding="utf-8", newline="") as file:
        return {row["code_list"]: (int(row["month"]), int(row["day"])) for row in csv.DictReader(file)}


def _years(name: str) -> dict[str, list[tuple[date, date]]]:
    """The codes of a list, and the days between which each is valid; an empty list is always.

    A list is known from its first to its last year; outside these years nothing is checked.
    `sql/ref/code_list_year.csv` says on which day the year of a list ends.
    """
    codes = contract.code_lists()[name]
    begins = min(code.first_year or 0 for code in codes)
    ends = max(code.last_year or 9999 for code in codes)
    month, last = _year_end()[name.partition(".")[0]]
    found: dict[str, list[tuple[date, date]]] = {}
    for code in codes:
        first = code.first_year if (code.first_year or 0) > begins else None
        final = code.last_year if (code.last_year or 9999) < ends else None
        spans = found.setdefault(code.code, [])
        if first is None and final is None:
            spans.append((date.min, date.max))
        else:
            start = date(first - 1, month, last) + timedelta(days=1) if first else date(1000, 1, 1)
            spans.append((start, date(final, month, last) if final else date(9999, 1, 1)))
    return {code: [] if (date.min, date.max) in spans else spans for code, spans in found.items()}


def _unknown(name: str, value: str, day: str) -> str:
    """A condition that a value is no code of a list on a day."""
    years = _years(name)
    always = [text for text, spans in years.items() if not spans]
    known = [f"{value} in ({_listed(always)})"] if always else []
    limited: dict[tuple[date, date], list[str]] = {}
    for text, spans in years.items():
        for span in spans:
            limited.setdefault(span, []).append(text)
    known += [
        f"({value} in ({_listed(texts)}) and {day} between '{first}' and '{last}')"
        for (first, last), texts in sorted(limited.items())
    ]
    return f"not ({' or '.join(known)})"


def unknown_codes(table: Table, night: str) -> str | None:
    """The select of a table's unknown codes, by an expression for the night; None where it has no coded field."""
    tests = []
    for column in table.columns:
        if not column.code_list or column.type not in {"text", "integer", "jsonb"}:
            continue
        day = f"coalesce({_day(table.column(column.dated_by))}, {night})" if column.dated_by else night
        listed = _listed(_years(column.code_list))
        if column.type == "jsonb":
            elements = (
                f"select 1 from jsonb_array_elements_text(case when jsonb_typeof(here.{column.name}) = 'array'"
                f" then here.{column.name} else '[]' end) as element (code) where "
            )
            test = f"exists ({elements}{_unknown(column.code_list, 'element.code', day)})"
            strange = f"exists ({elements}element.code not in ({listed}))"
        else:
            value = f"here.{column.name}::text"
            test, strange = _unknown(column.code_list, value, day), f"{value} not in ({listed})"
        tests.append((column.name, test, strange))
    if not tests:
        return None
    rows = ", ".join(f"('{name}', {test}, {strange})" for name, test, strange in tests)
    return (
        f"select '{table.name}' as table_name, field.column_name, {_row_key(table)} as row_key,"
        f" {_child(table)} as child_id, field.is_in_no_list"
        f" from {table.name} as here"
        f" cross join lateral (values {rows}) as field (column_name, is_unknown, is_in_no_list)"
        f" where ({' or '.join(test for _, test, _ in tests)}) and field.is_unknown"
    )


def wanted_fields(table: Table) -> dict[str, str]:
    """The fields that indicators read and that must be filled, each with the condition under which it must."""
    found = {}
    for column in table.columns:
        # The contract speaks of text that landed.
        required = re.sub(r"lower\(([\w.]+)\)", r"lower(\1::text)", column.required_when) or "true"
        condition = {
            "always": "true",
            "as required": required,
            "once dated": f"here.{column.dated_by} is not null",
            "once born": BORN,
            "unless expected": NOT_EXPECTED,
        }.get(column.wanted)
        if condition:
            found[column.name] = condition
    return found


def _usable(column: Column) -> str:
    """A condition that a field has a usable value: no placeholder, no date of 1900, not -1."""
    name = f"here.{column.name}"
    if column.type == "text":
        codes = {code.code.lower() for code in contract.code_lists().get(column.code_list, ())}
        return f"lower({name}) not in ({_listed(canonical.placeholders(column.identifies) - codes)})"
    if column.type in {"date", "timestamp"}:
        return f"{_day(column)} not between '1900-01-01' and '1900-12-31'"
    return f"{name} <> -1" if column.type.startswith(("integer", "numeric")) else f"{name} is not null"


def completeness(table: Table, night: str) -> str | None:
    """The select of a table's wanted fields and of its first date; None where it has neither."""
    wanted = wanted_fields(table)
    first = table.dated_by
    if not wanted and not first:
        return None
    counts, fields = [], []
    for n, column in enumerate(table.columns):
        if column.name not in wanted and column.name != first:
            continue
        condition = wanted.get(column.name, "false")
        newest = "null::date"
        if column.name == first:
            newest = f"max({_day(column)}) filter (where {_day(column)} <= {night})"
        counts += [
            f"count(*) filter (where {condition}) as rows_{n}",
            f"count(*) filter (where ({condition}) and {_usable(column)}) as usable_{n}",
            f"{newest} as newest_{n}",
        ]
        fields.append(f"('{column.name}', counted.rows_{n}, counted.usable_{n}, counted.newest_{n})")
    return (
        f"select '{table.name}' as table_name, field.column_name, field.rows, field.usable, field.newest"
        f" from (select {', '.join(counts)} from {table.name} as here) as counted"
        f" cross join lateral (values {', '.join(fields)}) as field (column_name, rows, usable, newest)"
    )


TABLES = """
create table known_on (night date primary key);
create table lost_reference (
    table_name text, column_name text, row_key text, child_id text, primary key (table_name, column_name, row_key)
);
create table doubled_row (
    table_name text, row_key text, child_id text, surplus bigint not null, primary key (table_name, row_key)
);
create table unknown_code (
    table_name text, column_name text, row_key text, child_id text, is_in_no_list boolean not null,
    primary key (table_name, column_name, row_key)
);
create table field_completeness (
    table_name text, column_name text, rows bigint not null, usable bigint not null, newest date,
    primary key (table_name, column_name)
);
"""


def views(connection: Connection) -> None:
    """Make the relations in the scratch database: views over its tables, and empty tables for what it cannot know."""
    night = "(select max(period.as_at) from period)"
    tables = [table for table in _kept() if not table.shipped]
    selects = {
        "known_on": ["select max(period.as_at) as night from period"],
        "lost_reference": losses({table.name for table in _kept()}),
        "doubled_row": map(doubled, tables),
        "unknown_code": filter(None, (unknown_codes(table, night) for table in tables)),
        "field_completeness": filter(None, (completeness(table, night) for table in tables)),
    }
    for name, found in selects.items():
        connection.execute(sql.SQL(f"create view {name} as " + " union all ".join(found)))


def fill(night: Night) -> None:
    """Make what the rows of a night's source tables say, and what was known of them before the night."""
    night.connection.execute(TABLES)
    night.connection.execute("insert into known_on values (%s)", (night.day,))
    supplied = {name for (name,) in night.connection.execute("select table_name from source_table where is_supplied")}
    for select in losses(supplied):
        night.connection.execute(sql.SQL("insert into lost_reference " + select))
    day = f"date '{night.day}'"
    for table in _kept():
        if table.name in supplied and not table.shipped:
            of_table = {"unknown_code": unknown_codes(table, day), "field_completeness": completeness(table, day)}
            for name, found in of_table.items():
                if found:
                    night.connection.execute(sql.SQL(f"insert into {name} {found}"))
