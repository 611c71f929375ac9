"""The fix lists of a return on a night: every failing record, by team and worker, with what to do and since when."""

from datetime import date
from pathlib import Path
from typing import Any

from psycopg import sql

from statutory import spreadsheet
from statutory.returns import layout
from statutory.returns.build import Collection
from statutory.returns.rules import rules_of
from statutory.spreadsheet import Sheet
from statutory.warehouse.connection import Connection

COLUMNS = {
    "team_id": 12, "team": 26, "worker_id": 12, "child_id": 12, "module": 14, "record": 16, "field": 30, "rule": 12,
    "severity": 10, "what is wrong": 60, "what to do": 60, "first seen": 12, "days open": 10,
}  # fmt: skip


def rows(connection: Connection, chosen: Collection, night: date) -> list[tuple[Any, ...]]:
    """The failing records, errors before queries; the search path is that of the built return."""
    rules = rules_of(chosen.return_id, chosen.year)
    found = connection.execute(
        sql.SQL(
            """
            select
                failure.team_id, team.dept_team_name, failure.worker_id, failure.child_id, failure.module, record.name,
                failure.field, failure.rule, failure.first_seen
            from quality.rule_failure as failure
            left join ({}) as record on record.module = failure.module and record.row_id = failure.row_id
            left join ssd_department as team on team.dept_team_id = failure.team_id
            where failure.night = %s and failure.return_id = %s and failure.collection_year = %s
            order by failure.team_id nulls last, failure.worker_id nulls last, failure.child_id nulls last,
                failure.rule, failure.module, failure.row_id, failure.field
            """
        ).format(_records(connection, chosen)),
        (night, chosen.return_id, chosen.year),
    ).fetchall()
    told = []
    for team_id, team, worker_id, child_id, module, record, field, name, first_seen in found:
        rule = rules[name]
        fields = field or "; ".join(rule.fields.get(module) or [one for named in rule.fields.values() for one in named])
        told.append(
            (team_id, team, worker_id, child_id, module, record, fields, name, rule.severity, rule.title, rule.fix,
             first_seen, (night - first_seen).days)
        )  # fmt: skip
    return told


def _records(connection: Connection, chosen: Collection) -> sql.Composable:
    """How people know each row of the return's modules."""
    there = {
        name for (name,) in connection.execute("select distinct module from quality.rule_failure where module <> ''")
    }
    named = [
        sql.SQL("select {} as module, row_id, {}::text as name from {}").format(
            sql.Literal(table), sql.Identifier(field.name.lower()), sql.Identifier(table.lower())
        )
        for table in sorted(there)
        for field in layout.modules(chosen.return_id).get(table.removesuffix(layout.LAST), ())
        if field.names_record and connection.execute("select to_regclass(%s)", (table.lower(),)).fetchall()[0][0]
    ]
    none = sql.SQL("select null::text as module, null::bigint as row_id, null::text as name")
    return sql.SQL(" union all ").join([none, *named])


def write(connection: Connection, chosen: Collection, night: date, csv_path: Path, workbook_path: Path) -> int:
    """Write the fix list as CSV and as a workbook; the number of its rows."""
    found = rows(connection, chosen, night)
    spreadsheet.write_csv(csv_path, list(COLUMNS), found)
    spreadsheet.write_workbook(workbook_path, [Sheet("fix list", COLUMNS, found)], made=night)
    return len(found)
