"""What a check of a file found, for people: one line per failing row as they see it, as CSV and as a workbook."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from psycopg import sql

from statutory.returns import layout
from statutory.returns.rules import Outcome
from statutory.warehouse.connection import Connection

COLUMNS = ("line", "record", "module", "field", "rule", "severity", "what is wrong", "what to do")
RULE_COLUMNS = ("rule", "severity", "state", "failing rows", "what it looks for", "why it was not run")
ROWS_OF_A_SHEET = 1_000_000


@dataclass(frozen=True)
class Finding:
    """One failing row: the line of the file, how people know the record, and what the rule says of it."""

    line: int | None
    record: str | None
    module: str
    field: str
    rule: str
    severity: str
    title: str
    fix: str


def findings(connection: Connection, return_id: str, outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    """The failing rows by the line they stand on, read as they are asked for."""
    rules = {outcome.rule.id: outcome.rule for outcome in outcomes}
    there = {module for (module,) in connection.execute("select distinct module from rule_finding where module <> ''")}
    parts: list[sql.Composable] = [
        sql.SQL("select null::bigint as row_id, null::text as module, null::bigint as line, null::text as record")
    ]
    for table in sorted(there):
        naming = [f.name for f in layout.modules(return_id)[layout.module_of(return_id, table)] if f.names_record]
        record = sql.SQL("concat_ws(' ', {})").format(sql.SQL(", ").join(sql.Identifier(n.lower()) for n in naming))
        parts.append(
            sql.SQL("select row_id, {}, line, {} from {}").format(
                sql.Literal(table), record if naming else sql.SQL("null"), sql.Identifier(table.lower())
            )
        )
    statement = sql.SQL(
        "select rule_finding.rule, rule_finding.module, rule_finding.field, part.line, part.record from rule_finding"
        " left join ({}) as part on part.module = rule_finding.module and part.row_id = rule_finding.row_id"
        " order by part.line nulls first, rule_finding.module, rule_finding.row_id, rule_finding.rule,"
        " rule_finding.field"
    ).format(sql.SQL(" union all ").join(parts))
    with connection.cursor(name="finding") as cursor:
        for name, module, field, line, record in cursor.execute(statement):
            rule = rules[name]
            fields = rule.fields.get(module) or [one for named in rule.fields.values() for one in named]
            yield Finding(
                line, record, module, field or "; ".join(fields), rule.id, rule.severity, rule.title, rule.fix
            )


def write_csv(found: Iterator[Finding], path: Path) -> int:
    """Write the failing rows to a CSV; their number."""
    number = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # with the mark Excel knows UTF-8 by
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for finding in found:
            writer.writerow(_plain(value) for value in astuple(finding))
            number += 1
    return number


def _plain(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is marked as text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def write_workbook(found: Iterator[Finding], outcomes: Sequence[Outcome], path: Path) -> None:
    """Write a workbook: a sheet of the rules with what became of each, and a sheet of the failing rows."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        rules = book.add_worksheet("rules")
        _sheet(rules, bold, RULE_COLUMNS, (12, 10, 10, 12, 70, 40))
        for number, outcome in enumerate(outcomes, 1):
            rule = outcome.rule
            rules.write_row(
                number,
                0,
                (rule.id, rule.severity, outcome.state, outcome.failures, rule.title, outcome.not_run or ""),
            )
        rules.autofilter(0, 0, len(outcomes), len(RULE_COLUMNS) - 1)
        rows = book.add_worksheet("failing rows")
        _sheet(rows, bold, COLUMNS, (8, 16, 14, 30, 12, 10, 60, 60))
        number = 0
        for finding in found:
            number += 1
            if number > ROWS_OF_A_SHEET:
                rows.write_string(number, 0, "more than a sheet holds: the CSV has them all")
                break
            rows.write_row(number, 0, ["" if value is None else value for value in astuple(finding)])
        rows.autofilter(0, 0, min(number, ROWS_OF_A_SHEET), len(COLUMNS) - 1)


def _sheet(sheet: Any, bold: Any, columns: Sequence[str], widths: Sequence[int]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, columns, bold)
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
