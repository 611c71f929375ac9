"""The failures of a file for people: one line per failing row, as CSV and as a workbook."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from psycopg import sql

from statutory import spreadsheet
from statutory.returns import layout
from statutory.returns.definition import Return
from statutory.returns.rules import Outcome
from statutory.spreadsheet import Sheet
from statutory.warehouse.connection import Connection

# The columns of the failing rows and of the rules, with their widths in a workbook.
COLUMNS = {
    "line": 8, "record": 16, "module": 14, "field": 30, "rule": 12, "severity": 10, "what is wrong": 60,
    "what to do": 60,
}  # fmt: skip
RULE_COLUMNS = {
    "rule": 12, "severity": 10, "state": 10, "failing rows": 12, "what it looks for": 70, "why it was not run": 40,
}  # fmt: skip


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


def findings(connection: Connection, return_: Return, outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    """The failing rows by the line they stand on, read as they are asked for."""
    rules = {outcome.rule.id: outcome.rule for outcome in outcomes}
    there = {module for (module,) in connection.execute("select distinct module from rule_finding where module <> ''")}
    statement = sql.SQL(
        "select rule_finding.rule, rule_finding.module, rule_finding.field, about.line, about.record from rule_finding"
        " left join ({}) as about on about.module = rule_finding.module and about.row_id = rule_finding.row_id"
        " order by about.line nulls first, rule_finding.module, rule_finding.row_id, rule_finding.rule,"
        " rule_finding.field"
    ).format(layout.records(return_, there))
    with connection.cursor(name="finding") as cursor:
        for name, module, field, line, record in cursor.execute(statement):
            rule = rules[name]
            fields = rule.fields.get(module) or [one for named in rule.fields.values() for one in named]
            yield Finding(
                line, record, module, field or "; ".join(fields), rule.id, rule.severity, rule.title, rule.fix
            )


def write_csv(connection: Connection, return_: Return, outcomes: Sequence[Outcome], path: Path) -> int:
    """Write the failing rows as CSV; their number."""
    return spreadsheet.write_csv(path, list(COLUMNS), map(astuple, findings(connection, return_, outcomes)))


def write_workbook(connection: Connection, return_: Return, outcomes: Sequence[Outcome], path: Path) -> None:
    """Write a workbook: one sheet with the result of each rule, one with the failing rows."""
    rules = [(o.rule.id, o.rule.severity, o.state, o.failures, o.rule.title, o.not_run) for o in outcomes]
    failing = map(astuple, findings(connection, return_, outcomes))
    spreadsheet.write_workbook(path, [Sheet("rules", RULE_COLUMNS, rules), Sheet("failing rows", COLUMNS, failing)])
