"""The fix lists of a return on a night: every failing record by team and worker, what to do, and since when it
fails."""

from pathlib import Path
from typing import Any

from psycopg import sql

from statutory import spreadsheet
from statutory.night import Night
from statutory.returns import layout
from statutory.returns.definition import Collection
from statutory.returns.night import OPEN
from statutory.returns.rules import rules_of
from statutory.spreadsheet import Sheet

COLUMNS = {
    "team_id": 12, "team": 26, "worker_id": 12, "child_id": 12, "module": 14, "record": 16, "field": 30, "rule": 12,
    "severity": 10, "what is wrong": 60, "what to do": 60, "first seen": 12, "days open": 10,
}  # fmt: skip


def rows(night: Night, chosen: Collection) -> list[tuple[Any, ...]]:
    """The failing records, errors before queries; the search path is that of the built return."""
    rules = rules_of(chosen.return_, chosen.period.year, night.council.local)
    of = {"night": night.day, "return": chosen.return_id, "period": chosen.period.label}
    there = night.connection.execute(
        f"select distinct module from quality.rule_failure where module <> '' and {OPEN}", of
    )
    found = night.connection.execute(
        sql.SQL(
            """
            with about as (
                select module, record_key, max(record) as record, min(row_id) as row_id
                from ({}) as known group by module, record_key
            )
            select
                failure.team_id, team.dept_team_name, failure.worker_id, failure.child_id, failure.module, about.record,
                failure.field, failure.rule, failure.first_seen
            from quality.rule_failure as failure
            left join about
                on about.module = failure.module and about.record_key = split_part(failure.record_key, '#', 1)
            left join ssd_department as team on team.dept_team_id = failure.team_id
            where {}
            order by failure.team_id nulls last, failure.worker_id nulls last, failure.child_id nulls last,
                failure.rule, failure.module, about.row_id, split_part(failure.record_key, '#', 2)::integer,
                failure.field
            """
        ).format(layout.records(chosen.return_, (module for (module,) in there)), sql.SQL(OPEN)),
        of,
    ).fetchall()
    told = []
    for team_id, team, worker_id, child_id, module, record, field, name, first_seen in found:
        rule = rules[name]
        fields = field or "; ".join(rule.fields.get(module) or [one for named in rule.fields.values() for one in named])
        told.append(
            (team_id, team, worker_id, child_id, module, record, fields, name, rule.severity, rule.title, rule.fix,
             first_seen, (night.day - first_seen).days)
        )  # fmt: skip
    return told


def write(night: Night, chosen: Collection, csv_path: Path, workbook_path: Path) -> int:
    """Write the fix list as CSV and as a workbook; the number of its rows."""
    found = rows(night, chosen)
    spreadsheet.write_csv(csv_path, list(COLUMNS), found)
    spreadsheet.write_workbook(workbook_path, [Sheet("fix list", COLUMNS, found)], made=night.day)
    return len(found)
