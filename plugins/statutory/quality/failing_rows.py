"""Which rows fail a check: by key, or by their place in the file, never by a value.

A key is told only of a record that the warehouse knows. In a file whose columns are in each other's place anything may
stand where the key should be, a name too: its rows are named by their number.
"""

from datetime import date

from psycopg import sql

from statutory.quality import suites
from statutory.sources import canonical
from statutory.sources.contract import Table
from statutory.sources.extract import landing_schema
from statutory.warehouse.connection import Connection

TOLD = 20  # rows of one check


def failing_rows(connection: Connection, night: date, batch: int, table: Table, check: str) -> list[str]:
    """The first rows of a batch that fail a check, in the order of the file: their keys, or "row 17".

    None for a check of the table as a whole, and when the batch no longer stands in landing.
    """
    condition = next((one.rows for one in suites.checks(table) if one.id == check), "")
    landed = f"{landing_schema(night)}.{table.name}"
    ((is_there,),) = connection.execute("select to_regclass(%s) is not null", (landed,))
    if not condition or not is_there:
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
        landed=sql.Identifier(landing_schema(night), table.name),
        batch=sql.Literal(batch),
        condition=sql.SQL(condition),
        told=sql.Literal(TOLD),
        known=known,
    )
    ((path,),) = connection.execute("select current_setting('search_path')")
    # Conditions look into neighbouring tables of the landing schema, as when they were checked.
    connection.execute("select set_config('search_path', %s, true)", (landing_schema(night),))
    found = list(dict.fromkeys(row for (row,) in connection.execute(statement)))  # rows of one key are told once
    connection.execute("select set_config('search_path', %s, true)", (path,))
    return found
