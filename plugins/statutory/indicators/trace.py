"""The path from a figure to the sha256 of its source files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from statutory import sqlfile
from statutory.indicators import values
from statutory.indicators.definition import Indicator
from statutory.night import Night
from statutory.revision import revision
from statutory.sources import contract
from statutory.sqlfile import SqlFile
from statutory.warehouse.build import marts


@dataclass(frozen=True)
class Trace:
    """The evidence of an indicator's figures in one view and period.

    Members hold ids only; `batches` says per source table night, rows and sha256.
    """

    indicator: Indicator
    revision: str
    night: date
    view: str
    figures: list[dict[str, Any]]
    members: list[tuple[Any, ...]]
    files: list[SqlFile]
    batches: list[tuple[Any, ...]]


def trace(night: Night, indicator: Indicator, view: str, point: values.Point) -> Trace:
    """The evidence of one indicator in one view and period; the transaction's search path is on the night."""
    figures = [f for f in values.values(night.connection, [indicator], [point]) if f["view"] == view]
    values.select_members(night.connection, indicator, view)
    found = night.connection.execute(
        "select member_key, child_id, worker_id, team_id, numerator, denominator, measure, due_date"
        " from pg_temp.member order by member_key"
    ).fetchall()
    files, batches = rests_on(night, indicator, marts(night.council.local))
    return Trace(indicator, revision(), night.day, view, figures, found, files, batches)


def rests_on(
    night: Night, indicator: Indicator, made: Sequence[SqlFile]
) -> tuple[list[SqlFile], list[tuple[Any, ...]]]:
    """The SQL files of an indicator, and for each source table its source, night, rows read and kept, and sha256."""
    needed = sqlfile.needed(indicator.reads, made)
    batches = night.connection.execute(
        "select table_name, source, accepted_night, rows_read, rows_kept, sha256 from source_table"
        " where table_name = any(%s) order by table_name",
        (sorted(needed & contract.tables().keys()),),
    ).fetchall()
    return [indicator.file, *sqlfile.behind(indicator.reads, made)], batches
