"""The base expectation suite of each table, rendered from the contract.

`statutory suites` writes `expectations/sources/<source>/<table>.json`; a test asserts that they are in step. Critical
stops the source, warning is counted. Expectations written by hand stand beside them in `<table>.<what>.json`.
"""

import csv
import json
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from statutory.paths import EXPECTATIONS, SQL
from statutory.sources import canonical, contract
from statutory.sources.contract import Column, Table
from statutory.warehouse import coerce

Expectation = dict[str, Any]

# Below this share of usable keys the file is not the table it says it is; single rows without a key are quarantined.
KEYS_AT_LEAST = 0.95
# Against last night: tables and columns with fewer rows than this move too easily to say anything.
TELLING_ROWS = 100
# Columns in each other's place are so in every row, the first ones too.
SAMPLED = 2000
# Days without any change in a whole source, after which it seems to stand still; pay and invoices come by the month.
FRESH_DAYS = {"hr": 14, "agency": 35, "local": 7}
# The night that is checked, and the last load of the table before it.
NIGHT = """to_date(current_schema(), '"landing_"YYYY_MM_DD')"""

# Tables of the same source that tonight's run brought, and that are not what the last load had.
OTHERS_CHANGED = f"""left join lateral (
            select batch.sha256 from ops.load inner join ops.batch using (batch_id)
            where load.table_name = other.table_name and load.night < {NIGHT}
            order by load.night desc, load.batch_id desc limit 1
        ) as before on true
        where other.run_id = sent.run_id and other.source = sent.source and not other.is_shipped
        and other.rows >= {TELLING_ROWS} and other.sha256 is distinct from before.sha256"""


def path(table: Table) -> Path:
    """Where the base suite of a table stands."""
    return EXPECTATIONS / "sources" / table.source / f"{table.name}.json"


def suite(table: Table) -> dict[str, Any]:
    """What a table is checked against: its base suite and the expectations written by hand beside it."""
    base = path(table)
    found: dict[str, Any] = json.loads(base.read_text(encoding="utf-8"))
    for beside in sorted(base.parent.glob(f"{table.name}.*.json")):
        found["expectations"] += json.loads(beside.read_text(encoding="utf-8"))["expectations"]
    return found


def render(table: Table) -> str:
    """The suite of one table as JSON text, the same text for the same contract."""
    expectations = [*_of_table(table), *(found for column in table.columns for found in _of_column(table, column))]
    suite = {"name": table.name, "expectations": expectations, "meta": {"rendered_from": "contract"}}
    return json.dumps(suite, indent=1, ensure_ascii=False) + "\n"


def write_all() -> int:
    """Render every suite into its file; the number of files."""
    for table in contract.tables().values():
        path(table).parent.mkdir(parents=True, exist_ok=True)
        path(table).write_text(render(table), encoding="utf-8")
    return len(contract.tables())


def _of_table(table: Table) -> list[Expectation]:
    found = []
    if not table.may_be_empty:
        found.append(
            _expect(
                "expect_table_row_count_to_be_between",
                {"min_value": 1},
                "critical",
                f"{table.name}/rows",
                "Send the whole table.",
            )
        )
    key = list(table.key)
    no_key = " or ".join(f"{canonical.text(c, '')} is null" for c in table.columns if c.key)
    found.append(
        _rows(
            f"select 1 from (select {no_key} as has_none, avg(({no_key})::integer) over () as share from {{batch}})"
            f" as judged where has_none and share > {1 - KEYS_AT_LEAST:.2f}",
            f"{table.name}/keys",
            f"More than one row in twenty has no {' and '.join(key)}: send the table under its name, with its keys.",
            severity="critical",
        )
    )
    told_apart = [c for c in table.columns if c.identifies]
    if told_apart:
        found.append(
            _rows(
                f"select 1 from {{batch}} where {' or '.join(canonical.is_placeholder(c, '') for c in told_apart)}",
                f"{table.name}/placeholders",
                f"Leave {', '.join(c.name for c in told_apart)} empty where it is not known: such a text is read as"
                " not known.",
            )
        )
    # One row of a key is right, so what is counted is every row beyond the first.
    doubled = (
        f"select {', '.join(key)} from {{batch}} where {' and '.join(f'{k} is not null' for k in key)}"
        f" group by {', '.join(key)} having count(*) > 1"
    )
    found.append(_rows(doubled, f"{table.name}/{'+'.join(key)}/unique", "Keep one row for each key."))
    return found + _parameters(table) + _fresh(table) + _against_last_night(table)


def _parameters(table: Table) -> list[Expectation]:
    """Standards out of their bounds, a range of days upside down, a standard that ended and that no other follows.

    Wrong standards make every figure wrong that rests on them, so each of these stops the source. The bounds are those
    of `sql/ref/parameter_bound.csv`, the standards the names that the product ships.
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
        found.append(
            _rows(
                f"select 1 from {{batch}} where {meant} and not {within}",
                f"{table.name}/value/{name}",
                f"Write {name} as a {'whole ' if whole else ''}number from {low} to {high}.",
                severity="critical",
            )
        )
    first, last = (canonical.typed(table.column(name), "") for name in ("valid_from", "valid_to"))
    found.append(
        _rows(
            f"select 1 from {{batch}} where {last} <= {first}",
            f"{table.name}/valid_to/order",
            "Write a valid_to that is after its valid_from.",
            severity="critical",
        )
    )
    standards = ", ".join(coerce.literal(row["name"]) for row in _read("local_parameter"))
    found.append(
        _rows(
            f"select name from (select btrim(name) as name, {first} as first_day, {last} as end_day from {{batch}})"
            f" as given where name in ({standards}, 'own_la') and first_day <= {NIGHT} group by name"
            f" having not bool_or(end_day is null or end_day > {NIGHT})",
            f"{table.name}/name/ended",
            "A standard ended and none follows: give the row that holds now, or leave valid_to empty.",
            severity="critical",
        )
    )
    return found


def _named(pattern: str) -> str:
    """A condition that a parameter has a name, of which a part may be any text."""
    return f"btrim(name) like {coerce.literal(pattern.replace('_', chr(92) + '_').replace('*', '%'))}"


def _read(name: str) -> list[dict[str, str]]:
    with (SQL / "ref" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _fresh(table: Table) -> list[Expectation]:
    """Stamps that say the source's extract is an old one, or the table's that of a later night."""
    days = FRESH_DAYS.get(table.source)
    if days is None or "source_updated_at" not in table.column_names:
        return []
    sent = (
        "select 1 from ops.batch as sent where sent.batch_id = (select max(batch_id) from {batch})"
        f" and sent.rows >= {TELLING_ROWS}"
    )
    return [
        _rows(
            f"{sent} and sent.newest_change::date < {NIGHT} - {days}"
            " and not exists (select 1 from ops.batch as other where other.run_id = sent.run_id"
            " and other.source = sent.source and other.newest_change > sent.newest_change)",
            f"{table.name}/fresh",
            f"No record of the source was changed for more than {days} days: see whether it still makes new extracts.",
        ),
        _rows(
            f"{sent} and sent.newest_change::date > {NIGHT} + 1",  # the extract itself is made after midnight
            f"{table.name}/ahead",
            "Records were changed after the night: send the extract of the right night.",
        ),
    ]


def _against_last_night(table: Table) -> list[Expectation]:
    """Half an extract, another table's file, the file of the night before, columns in another's place or not filled."""
    last = f"""
        (
            select load.rows_read, batch.sha256, batch.is_shipped
            from ops.load inner join ops.batch using (batch_id)
            where load.table_name = '{table.name}' and load.night < {NIGHT}
            order by load.night desc, load.batch_id desc limit 1
        ) as last"""
    tonight = f"(select count(*) as rows from {{batch}}) as tonight cross join {last}"
    telling = f"last.rows_read >= {TELLING_ROWS}"
    found = [
        _rows(
            f"select 1 from {tonight} where {telling} and tonight.rows < last.rows_read / 2",
            f"{table.name}/half",
            "Fewer than half of last night's rows came: send the whole table.",
            severity="critical",
        ),
        _rows(
            f"select 1 from {tonight} where {telling} and abs(tonight.rows - last.rows_read) > last.rows_read / 5",
            f"{table.name}/volume",
            "The number of rows moved by more than a fifth since last night: see whether that can be.",
        ),
    ]
    if table.may_be_empty:
        found.append(
            _rows(
                f"select 1 from {tonight} where tonight.rows = 0 and last.rows_read between 1 and {TELLING_ROWS - 1}",
                f"{table.name}/emptied",
                "No row came, and last night there were some: see whether the table was sent whole.",
            )
        )
    if table.source != "reference":  # which stays as it is for months
        found.append(
            _rows(
                f"select 1 from ops.batch as sent cross join {last}"
                f" where sent.batch_id = (select max(batch_id) from {{batch}}) and {telling}"
                f" and sent.sha256 = last.sha256 and not sent.is_shipped"
                f" and not exists (select 1 from ops.batch as other {OTHERS_CHANGED})",
                f"{table.name}/repeated",
                "Every file of the source is that of the night before: see whether the source made new ones.",
            )
        )
    told = [(c, coerce.text(c.name), canonical.is_rejected(c, "")) for c in table.columns if c.type != "text"]
    if told:
        counts = ", ".join(
            f"count({value}) as said_{n}, count(*) filter (where {wrong}) as wrong_{n}"
            for n, (_, value, wrong) in enumerate(told)
        )
        names = ", ".join(
            f"('{c.name}', said_{n}, wrong_{n}, {'true' if c.required == 'always' else 'false'})"
            for n, (c, _, _) in enumerate(told)
        )
        found.append(
            _rows(
                f"select 1 from (select {counts} from (select * from {{batch}} limit {SAMPLED}) as some_) as counted"
                f" cross join lateral (values {names}) as column_ (name, said, wrong, is_required)"
                f" where said >= {TELLING_ROWS} and wrong > said / 2"
                " having count(*) >= 2 or bool_or(wrong = said and is_required)",
                f"{table.name}/shifted",
                "More than half of two columns, or all of a required one, cannot be read; the checks `type` name them:"
                " see whether columns stand in each other's place, or dates or numbers are written another way than"
                " the mapping says.",
                severity="critical",
            )
        )
    if table.history:
        keys = ", ".join(f"{canonical.typed(c, '')} as {c.name}" for c in table.columns if c.key)
        found.append(
            _rows(
                f"select 1 from (select count(*) as sampled, count(before.seen_from) as known from"
                f" (select {keys} from {{batch}} where source_row %"
                f" (select greatest(max(source_row) / {SAMPLED}, 1) from {{batch}}) = 0) as some_"
                f" left join history.{table.name}_current as before using ({', '.join(table.key)})"
                f" where before.seen_from is null or before.seen_from < {NIGHT}) as sent cross join {last}"
                f" where {telling} and sampled >= {TELLING_ROWS} and known < sampled / 2",
                f"{table.name}/known",
                "Fewer than half of the records were here last night: see whether it is the file of another table,"
                " or of somebody else.",
                severity="critical",
            )
        )
        columns = [c.name for c in table.columns if not c.key]
        tonight_said = ", ".join(f"count({canonical.text(table.column(c), '')}) as f{n}" for n, c in enumerate(columns))
        last_said = ", ".join(f"count({c}) as f{n}" for n, c in enumerate(columns))
        names = ", ".join(f"('{c}', tonight.f{n}, last.f{n})" for n, c in enumerate(columns))
        found.append(
            _rows(
                f"select 1 from (select count(*) as rows, {tonight_said} from {{batch}}) as tonight"
                f" cross join (select count(*) as rows, {last_said} from history.{table.name}_current"
                f" where seen_from < {NIGHT}) as last"
                f" cross join lateral (values {names}) as column_ (name, now_said, before_said)"
                f" where before_said >= {TELLING_ROWS} and tonight.rows > 0"
                " and now_said::numeric / tonight.rows < 0.5 * before_said / last.rows",
                f"{table.name}/filled",
                "A column is filled half as often as last night: see whether the source still fills it.",
            )
        )
    return found


def _of_column(table: Table, column: Column) -> list[Expectation]:
    check = f"{table.name}/{column.name}"
    where = "select 1 from {batch} where "
    value = canonical.text(column, "")
    typed = canonical.typed(column, "")
    found = []
    if column.required == "always":
        found.append(_rows(f"{where}{value} is null", f"{check}/present", f"Fill {column.name} in the source."))
    if column.required == "conditional":
        condition = f"{where}{value} is null and ({column.required_when})"
        found.append(_rows(condition, f"{check}/present", f"Fill {column.name} where the contract asks for it."))
    if column.type != "text":
        rejected = canonical.is_rejected(column, "")
        found.append(_rows(where + rejected, f"{check}/type", f"Write {column.name} as {column.type}."))
    if column.code_list and column.type != "boolean":
        unknown = canonical.is_unknown_code(column, "")
        found.append(_rows(where + unknown, f"{check}/code", f"Use a code of {column.code_list}."))
    if column.format:
        found.append(
            _rows(f"{where}{value} !~ '{column.format}'", f"{check}/format", f"Mend the form of {column.name}.")
        )
    bounds = [f"({typed}) < {column.minimum}"] if column.minimum else []
    bounds += [f"({typed}) > {column.maximum}"] if column.maximum else []
    if bounds:
        found.append(
            _rows(f"{where}{' or '.join(bounds)}", f"{check}/range", f"Mend {column.name}: it is out of its range.")
        )
    return found


def _rows(query: str, check: str, fix: str, *, severity: str = "warning") -> Expectation:
    # Every brace but that of the batch stands for itself.
    query = query.replace("{", "{{").replace("}", "}}").replace("{{batch}}", "{batch}")
    return _expect("expect_no_rows", {"unexpected_rows_query": query}, severity, check, fix)


def _expect(kind: str, kwargs: dict[str, Any], severity: str, check: str, fix: str) -> Expectation:
    return {"type": kind, "kwargs": kwargs, "severity": severity, "meta": {"check": check, "fix": fix}}
