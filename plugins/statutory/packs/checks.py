"""The checks page of a night: what was found in each source, in which rows, and what to do; without values.

Great Expectations' own pages are not used, because they load scripts and pictures from a dozen hosts.
"""

from pathlib import Path

from psycopg.rows import dict_row

from statutory.night import Night
from statutory.packs.page import environment
from statutory.quality.failing_rows import failing_rows
from statutory.sources import contract, folder

PAGE = "checks.html"

# The newest batch of each table of a night, with its result.
BATCHES = """
    select
        batch.batch_id, batch.source, batch.table_name, batch.is_shipped, batch.rows, batch.remarks,
        batch.newest_change,
        load.rows_kept, load.rows_quarantined, load.values_rejected
    from (
        select distinct on (table_name) * from ops.batch where night = %s order by table_name, batch_id desc
    ) as batch
    left join ops.load using (batch_id)
    order by batch.table_name
"""
RESULTS = """
    select batch_id, check_id, severity, passed, failures, fix from quality.expectation_result
    where batch_id = any(%s)
    order by passed, severity, failures desc, check_id
"""
FAILURES = """
    select source, reason from ops.source_failure
    where run_id = (select max(run_id) from ops.run where night = %s)
    order by source
"""


def write_checks(night: Night, path: Path) -> None:
    """Write the page of the newest batches of a night to `path`; the same batches and results give the same bytes."""
    with night.connection.cursor(row_factory=dict_row) as cursor:
        batches = cursor.execute(BATCHES, (night.day,)).fetchall()
        results = cursor.execute(RESULTS, ([batch["batch_id"] for batch in batches],)).fetchall()
        failures = cursor.execute(FAILURES, (night.day,)).fetchall()
    for batch in batches:
        batch["checks"] = [result for result in results if result["batch_id"] == batch["batch_id"]]
        batch["failed"] = [result for result in batch["checks"] if not result["passed"]]
        table = contract.table(batch["table_name"])
        for result in batch["failed"]:
            result["rows"] = failing_rows(night, batch["batch_id"], table, result["check_id"])
    text = (
        environment()
        .get_template("checks.html.j2")
        .render(
            night=night.day,
            failures=failures,
            sources=[(name, [b for b in batches if b["source"] == name]) for name in contract.SOURCES],
            unsupplied=[source for source in contract.SOURCES if not folder.is_supplied(night.council, source)],
            checks=len(results),
            warned=sum(not result["passed"] and result["severity"] != "critical" for result in results),
            stopped=sum(not result["passed"] and result["severity"] == "critical" for result in results),
        )
    )
    path.write_text(text, encoding="utf-8")
