"""All checks of a landed table as one statement that reads the table once."""

from collections.abc import Sequence

from statutory.quality import suites
from statutory.quality.suites import Check
from statutory.sources import canonical
from statutory.sources.contract import Table


def statement(table: Table, checks: Sequence[Check]) -> str:
    """A select of one row, a column a check: the number of its failures; null where there is nothing to compare with.

    It names tables without a schema: the search path says in which night's landing schema they are.
    """
    counts = ", ".join(f"({check.count or f'tonight.check_{n}'})::integer" for n, check in enumerate(checks))
    measured = suites.measures(table)
    measured |= {f"check_{n}": f"count(*) filter (where {check.rows})" for n, check in enumerate(checks) if check.rows}
    # The batch is asked for the join.
    asked = [f"{sql} as {name}" for name, sql in measured.items() if name == "batch_id" or f"tonight.{name}" in counts]
    return f"""
        select {counts}
        from ({canonical.scan(table, ", ".join(asked), table.name, "")}) as tonight
        left join ops.batch as sent on sent.batch_id = tonight.batch_id
        left join lateral (
            select load.rows_read, batch.sha256 from ops.load inner join ops.batch using (batch_id)
            where load.table_name = '{table.name}' and load.night < {suites.NIGHT}
            order by load.night desc, load.batch_id desc limit 1
        ) as last on true"""
