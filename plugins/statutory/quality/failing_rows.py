"""The rows that fail a check, named by key or row number, never by a value.

Keys are shown only for records that the warehouse knows. In a file with shifted columns the key column may contain
anything, even a name, so its rows are named by number.
"""

from psycopg import sql

from statutory.night import Night
from statutory.postgres import is_there, using
from statutory.quality import suites
from statutory.sources import canonical
from statutory.sources.contract import Table

TOLD = 20  # rows of one check


def failing_rows(night: Night, batch: int, table: Table, check: str) -> list[str]:
    """The first rows of a batch that fail a check, in the order of the file: their keys, or "row 17".

    None for a check of the table as a whole, and when the batch no longer stands in landing.
    """
    condition = next((one.rows for one in suites.checks(table) if one.id == check), "")
    if not condition or not is_there(night.connection, night.landing, table.name):
        return []
    key = sql.SQL(" || '/' || ").join(sql.SQL("known.{}::text").format(sql.Identifier(name)) for name in table.key)
    known: sql.Composable = sql.SQL("select null::text as key where false")
    if table.history:
        known = sql.SQL("select {} as key from {} as known where {}").format(
            key,
            sql.Identifier("history", f"{table.name}_current"),
            sql.SQL(" and ").join(
                sql.SQL("known.{} = ({})").format(sql.Identifier(c.name), sql.SQL(canonical.typed(c, "failed")))
                for c in table.columns
                if c.key
            ),
        )
    statement = sql.SQL(
        """
        select coalesce(known.key, 'row ' || failed.source_row)
        from (
            select * from {landed} where batch_id = {batch} and ({condition}) order by source_row limit {told}
        ) as failed
        left join lateral ({known} limit 1) as known on true
        order by failed.source_row
        """
    ).format(
        landed=sql.Identifier(night.landing, table.name),
        batch=sql.Literal(batch),
        condition=sql.SQL(condition),
        told=sql.Literal(TOLD),
        known=known,
    )
    # Conditions look into neighbouring tables of the landing schema, as when they were checked.
    with using(night.connection, night.landing):
        # Rows of one key are told once.
        return list(dict.fromkeys(row for (row,) in night.connection.execute(statement)))
