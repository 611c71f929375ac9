"""All checks of a landed table as one statement, which reads the table once for whatever is asked of its rows."""

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
        from ({_of_one_scan(table, ", ".join(asked))}) as tonight
        left join ops.batch as sent on sent.batch_id = tonight.batch_id
        left join lateral (
            select load.rows_read, batch.sha256 from ops.load inner join ops.batch using (batch_id)
            where load.table_name = '{table.name}' and load.night < {suites.NIGHT}
            order by load.night desc, load.batch_id desc limit 1
        ) as last on true"""


def _of_one_scan(table: Table, aggregates: str) -> str:
    """Aggregates over a table's rows; what a column says is worked out once a row, in how many of them it may stand.

    `offset 0` keeps PostgreSQL from putting an expression back into each place that uses it.
    """
    came, said = {c.name: canonical.came(c, "") for c in table.columns}, "*"
    for column in table.columns:
        text = canonical.text(column, "")
        if text != came[column.name] and text in aggregates:
            aggregates = aggregates.replace(text, f"said_{column.name}")
            said += f", {text} as said_{column.name}"
    landed = "*"
    for name, text in came.items():
        landed += f", {text} as came_{name}"
        said, aggregates = said.replace(text, f"came_{name}"), aggregates.replace(text, f"came_{name}")
    return (
        f"select {aggregates} from (select {said} from (select {landed} from {table.name} offset 0) as {table.name}"
        f" offset 0) as {table.name}"
    )
