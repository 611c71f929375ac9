"""The checks of each landed table: those that follow from the contract, and those that people decided.

Critical stops the source, warning is counted. What people decided stands in `expectations/sources/<source>/` as
`<table>.<what>.json`, one expectation a check.
"""

import csv
import functools
import json
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from statutory.paths import EXPECTATIONS, SQL
from statutory.sources import canonical, coerce, contract
from statutory.sources.contract import Column, Table

# Below this share of usable keys the file is not the table it says it is; single rows without a key are quarantined.
KEYS_AT_LEAST = 0.95
# Against last night: tables and columns with fewer rows than this move too easily to say anything.
TELLING_ROWS = 100
# Shifted columns show in every row, also in the first ones.
SAMPLED = 2000
# Days without any change in a source, after which it counts as stale; pay and invoices are monthly.
FRESH_DAYS = {"hr": 14, "agency": 35, "local": 7}
# The night that is checked, a subquery so that it is asked once a statement.
NIGHT = """(select to_date(current_schema(), '"landing_"YYYY_MM_DD'))"""

# Tables of the same source that tonight's run brought, and that are not what the last load had.
OTHERS_CHANGED = f"""select 1 from ops.batch as other
        left join lateral (
            select batch.sha256 from ops.load inner join ops.batch using (batch_id)
            where load.table_name = other.table_name and load.night < {NIGHT}
            order by load.night desc, load.batch_id desc limit 1
        ) as before on true
        where other.run_id = sent.run_id and other.source = sent.source and not other.is_shipped
        and other.rows >= {TELLING_ROWS} and other.sha256 is distinct from before.sha256"""


@dataclass(frozen=True)
class Check:
    """One check of a landed table.

    `rows` is a condition on a landed row that fails it, `count` the number of failures, or a condition that the table
    fails: SQL over `tonight`, what one scan of it measured, `last`, its last load, and `sent`, its batch. Without
    `count` the rows are counted; without `rows` no single row fails.
    """

    id: str
    severity: str
    fix: str
    rows: str = ""
    count: str = ""


def suite(table: Table) -> dict[str, Any]:
    """The Great Expectations suite of a table: what the contract states, by severity, and what people decided."""
    found: list[dict[str, Any]] = []
    for severity in ("critical", "warning"):
        stated = [check.id for check in stated_checks(table.name) if check.severity == severity]
        found.append({"type": "expect_what_the_contract_states", "kwargs": {"checks": stated}, "severity": severity})
    found += [one | {"kwargs": one["kwargs"] | {"checks": [one["meta"]["check"]]}} for one in _decided(table)]
    return {
        "name": table.name,
        "expectations": [one | {"kwargs": one["kwargs"] | {"table": table.name}} for one in found],
    }


def checks(table: Table) -> list[Check]:
    """Every check of a table, those of the contract first."""
    return [*stated_checks(table.name), *map(_of_expectation, _decided(table))]


def measures(table: Table) -> dict[str, str]:
    """What one scan of a landed table measures beside the rows that fail, as aggregates by name."""
    keyless = " or ".join(f"{canonical.text(c, '')} is null" for c in table.columns if c.key)
    found = {
        "rows": "count(*)",
        "keyless": f"count(*) filter (where {keyless})",
        "batch_id": "max(batch_id)",
        "last_row": "max(source_row)",
    }
    for n, column in enumerate(table.columns):
        first, wrong = f"source_row <= {SAMPLED}", canonical.is_rejected(column, "")
        found |= {
            f"filled_{n}": f"count({canonical.text(column, '')})",
            f"said_{n}": f"count({canonical.came(column, '')}) filter (where {first})",
            f"wrong_{n}": f"count(*) filter (where {first} and {wrong})",
        }
    return found


def _decided(table: Table) -> list[dict[str, Any]]:
    """The expectations that people wrote for a table."""
    files = sorted((EXPECTATIONS / "sources" / table.source).glob(f"{table.name}.*.json"))
    return [one for file in files for one in json.loads(file.read_text(encoding="utf-8"))["expectations"]]


def _of_expectation(decided: dict[str, Any]) -> Check:
    """The check of an expectation with the condition `rows` or the select `query`."""
    meta, kwargs = decided["meta"], decided["kwargs"]
    count = _number_of(kwargs["query"]) if "query" in kwargs else ""
    night = f"(select to_char({NIGHT}, 'YYYY-MM-DD'))"
    rows, count = (sql.replace("{night}", night) for sql in (kwargs.get("rows", ""), count))
    return Check(meta["check"], decided["severity"], meta["fix"], rows, count)


@functools.cache
def stated_checks(name: str) -> tuple[Check, ...]:
    """What the contract states of a table."""
    table = contract.table(name)
    of_columns = [found for column in table.columns for found in _of_column(table, column)]
    return (*_of_table(table), *_parameters(table), *_fresh(table), *_against_last_night(table), *of_columns)


def _of_table(table: Table) -> list[Check]:
    found = []
    if not table.may_be_empty:
        found.append(Check(f"{table.name}/rows", "critical", "Send the whole table.", count="tonight.rows = 0"))
    key = " and ".join(table.key)
    found.append(
        Check(
            f"{table.name}/keys",
            "critical",
            f"More than one row in twenty has no {key}: send the table under its name, with its keys.",
            count=f"case when tonight.keyless > {1 - KEYS_AT_LEAST:.2f} * tonight.rows then tonight.keyless end",
        )
    )
    told_apart = [c for c in table.columns if c.identifies]
    if told_apart:
        names = ", ".join(c.name for c in told_apart)
        found.append(
            Check(
                f"{table.name}/placeholders",
                "warning",
                f"Leave {names} empty where it is not known: such a text means not known.",
                rows=" or ".join(canonical.is_placeholder(c, "") for c in told_apart),
            )
        )
    # One row per key is right, so every further row is counted.
    keys = ", ".join(table.key)
    doubled = (
        f"select {keys} from {table.name} where {' and '.join(f'{k} is not null' for k in table.key)}"
        f" group by {keys} having count(*) > 1"
    )
    found.append(
        Check(
            f"{table.name}/{'+'.join(table.key)}/unique",
            "warning",
            "Keep one row for each key.",
            rows=f"({keys}) in ({doubled})",
            count=_number_of(doubled),
        )
    )
    return found


def _parameters(table: Table) -> list[Check]:
    """Standards outside their limits, date ranges that end before they start, standards that ended without a successor.

    A wrong standard makes its figures wrong, so each of these stops the source. The bounds are those of
    `sql/ref/parameter_bound.csv`, the standards the names that the product ships.
    """
    if table.name != "local_parameter":
        return []
    bounds = _read("parameter_bound")
    value = "btrim(value, E' \\t\\r\\n')"
    found = []
    for bound in bounds:
        name, low, high = bound["name"], bound["minimum"], bound["maximum"]
        closer = [other["name"] for other in bounds if other is not bound and fnmatch(other["name"], name)]
        meant = " and not ".join(map(_named, (name, *closer)))
        whole = bound["is_whole"] == "yes"
        form = "^[0-9]{1,9}$" if whole else "^[0-9]{1,9}([.][0-9]{1,9})?$"
        within = f"case when {value} ~ '{form}' then {value}::numeric between {low} and {high} else false end"
        fix = f"Write {name} as a {'whole ' if whole else ''}number from {low} to {high}."
        found.append(Check(f"{table.name}/value/{name}", "critical", fix, rows=f"{meant} and not {within}"))
    first, last = (canonical.typed(table.column(name), "") for name in ("valid_from", "valid_to"))
    fix = "Write a valid_to that is after its valid_from."
    found.append(Check(f"{table.name}/valid_to/order", "critical", fix, rows=f"{last} <= {first}"))
    standards = ", ".join(coerce.literal(row["name"]) for row in _read("local_parameter"))
    ended = (
        f"select name from (select btrim(name) as name, {first} as first_day, {last} as end_day from {table.name})"
        f" as given where name in ({standards}, 'own_la') and first_day <= {NIGHT} group by name"
        f" having not bool_or(end_day is null or end_day > {NIGHT})"
    )
    fix = "A standard ended without a successor: add the current row, or leave valid_to empty."
    found.append(Check(f"{table.name}/name/ended", "critical", fix, count=_number_of(ended)))
    return found


def _named(pattern: str) -> str:
    """A condition that a parameter has a name, of which a part may be any text."""
    return f"btrim(name) like {coerce.literal(pattern.replace('_', chr(92) + '_').replace('*', '%'))}"


def _read(name: str) -> list[dict[str, str]]:
    with (SQL / "ref" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _fresh(table: Table) -> list[Check]:
    """Time stamps that show an old extract, or the extract of a later night."""
    days = FRESH_DAYS.get(table.source)
    if days is None or "source_updated_at" not in table.column_names:
        return []
    telling = f"sent.rows >= {TELLING_ROWS}"
    return [
        Check(
            f"{table.name}/fresh",
            "warning",
            f"No record of the source has changed for more than {days} days: check whether it still produces new"
            " extracts.",
            count=f"{telling} and sent.newest_change::date < {NIGHT} - {days}"
            " and not exists (select 1 from ops.batch as other where other.run_id = sent.run_id"
            " and other.source = sent.source and other.newest_change > sent.newest_change)",
        ),
        Check(
            f"{table.name}/ahead",
            "warning",
            "Records were changed after the night: send the extract of the right night.",
            # The extract itself is made after midnight.
            count=f"{telling} and sent.newest_change::date > {NIGHT} + 1",
        ),
    ]


def _against_last_night(table: Table) -> list[Check]:
    """Half an extract, another table's file, last night's file, shifted columns or empty columns."""
    telling = f"last.rows_read >= {TELLING_ROWS}"
    found = [
        Check(
            f"{table.name}/half",
            "critical",
            "Fewer than half of last night's rows arrived: send the whole table.",
            count=f"{telling} and tonight.rows < last.rows_read / 2",
        ),
        Check(
            f"{table.name}/volume",
            "warning",
            "The number of rows changed by more than a fifth since last night: check whether that is right.",
            count=f"{telling} and abs(tonight.rows - last.rows_read) > last.rows_read / 5",
        ),
    ]
    if table.may_be_empty:
        found.append(
            Check(
                f"{table.name}/emptied",
                "warning",
                "No row arrived, although last night had some: check whether the table is complete.",
                count=f"tonight.rows = 0 and last.rows_read between 1 and {TELLING_ROWS - 1}",
            )
        )
    if table.source != "reference":  # which stays as it is for months
        found.append(
            Check(
                f"{table.name}/repeated",
                "warning",
                "Every file of the source is the same as last night: check whether the source produced new ones.",
                count=f"{telling} and sent.sha256 = last.sha256 and not sent.is_shipped"
                f" and not exists ({OTHERS_CHANGED})",
            )
        )
    if typed := [(n, c) for n, c in enumerate(table.columns) if c.type != "text"]:
        columns = ", ".join(f"(tonight.said_{n}, tonight.wrong_{n}, {c.required == 'always'})" for n, c in typed)
        found.append(
            Check(
                f"{table.name}/shifted",
                "critical",
                "More than half of two columns, or all of a required one, cannot be read; the checks `type` name them:"
                " check whether columns have changed places, or whether dates or numbers have another format than in"
                " the mapping.",
                count=_number_of(
                    f"select 1 from (values {columns}) as column_ (said, wrong, is_required)"
                    f" where said >= {TELLING_ROWS} and wrong > said / 2"
                    " having count(*) >= 2 or bool_or(wrong = said and is_required)"
                ),
            )
        )
    if table.history:
        found += _against_history(table, telling)
    return found


def _against_history(table: Table, telling: str) -> list[Check]:
    history = f"history.{table.name}_current"
    keys = ", ".join(f"{canonical.typed(c, '')} as {c.name}" for c in table.columns if c.key)
    others = [(n, c.name) for n, c in enumerate(table.columns) if not c.key]
    before = ", ".join(f"count({name}) as filled_{n}" for n, name in others)
    columns = ", ".join(f"(tonight.filled_{n}, before.filled_{n})" for n, _ in others)
    return [
        Check(
            f"{table.name}/known",
            "critical",
            "Fewer than half of the records were there last night: check whether this is another table's or another"
            " council's file.",
            count=_number_of(
                f"select 1 from (select count(*) as sampled, count(before.seen_from) as known from"
                f" (select {keys} from {table.name} where source_row % greatest(tonight.last_row / {SAMPLED}, 1) = 0)"
                f" as some_ left join {history} as before using ({', '.join(table.key)})"
                f" where {telling} and (before.seen_from is null or before.seen_from < {NIGHT})) as sent"
                f" where sampled >= {TELLING_ROWS} and known < sampled / 2"
            ),
        ),
        Check(
            f"{table.name}/filled",
            "warning",
            "A column is filled half as often as last night: check whether the source still fills it.",
            count=_number_of(
                f"select 1 from (select count(*) as rows, {before} from {history} where seen_from < {NIGHT}) as before"
                f" cross join lateral (values {columns}) as column_ (now_said, before_said)"
                f" where before_said >= {TELLING_ROWS} and tonight.rows > 0"
                " and now_said::numeric / tonight.rows < 0.5 * before_said / before.rows"
            ),
        ),
    ]


def _of_column(table: Table, column: Column) -> list[Check]:
    value, typed = canonical.text(column, ""), canonical.typed(column, "")
    found = []

    def rows(check: str, condition: str, fix: str) -> None:
        found.append(Check(f"{table.name}/{column.name}/{check}", "warning", fix, rows=condition))

    if column.required == "always":
        rows("present", f"{value} is null", f"Fill {column.name} in the source.")
    if column.required == "conditional":
        condition = f"{value} is null and ({column.required_when})"
        rows("present", condition, f"Fill {column.name} where the contract requires it.")
    if column.type != "text":
        rows("type", canonical.is_rejected(column, ""), f"Write {column.name} as {column.type}.")
    if column.code_list and column.type != "boolean":
        rows("code", canonical.is_unknown_code(column, ""), f"Use a code of {column.code_list}.")
    if column.format:
        rows("format", f"{value} !~ '{column.format}'", f"Correct the format of {column.name}.")
    bounds = [f"({typed}) < {column.minimum}"] if column.minimum else []
    bounds += [f"({typed}) > {column.maximum}"] if column.maximum else []
    if bounds:
        rows("range", " or ".join(bounds), f"Correct {column.name}: it is outside its range.")
    return found


def _number_of(select: str) -> str:
    return f"(select count(*) from ({select}) as found)"
