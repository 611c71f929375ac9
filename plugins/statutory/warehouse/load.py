"""Load landing into history: typed, with keys, every version of every row.

Rows in = rows kept + rows quarantined, checked by the table `ops.load` itself. A row without a usable key is
quarantined; exact duplicates keep one row; rows that differ under one key are all quarantined, and last night's version
stays. The newest night of a source can be loaded again and gives the same history; an older night is refused.
"""

from psycopg import sql

from statutory.errors import WarehouseError
from statutory.night import Night
from statutory.sources import canonical, contract
from statutory.sources.contract import Column, Table
from statutory.warehouse.connection import Connection

# In a table of more rows than these, a fifth of the keys does not change in one night.
FEW_ROWS = 500
MUCH_CHANGED = (
    "More than a fifth of the records changed or went since last night: check whether files or columns have changed"
    " places."
)
OVERLAPPING = (
    "History has two versions of one record for one night. No load does this: somebody edited the table. Remove the"
    " wrong version, or restore a backup."
)


def load_source(night: Night, source: str, batches: list[int]) -> int:
    """Load the batches of one source in one transaction; the rows kept over all tables.

    Raises:
        WarehouseError: a later night of the source is loaded already, or a landed table is not its batch.
    """
    newest = night.connection.execute("select max(night) from ops.load where source = %s", (source,)).fetchall()[0][0]
    if newest and newest > night.day:
        raise WarehouseError(
            f"{source}: the night {newest} is loaded, {night.day} lies before it; load extracts oldest first"
        )
    kept = 0
    for batch in batches:
        ((name, rows),) = night.connection.execute(
            "select table_name, rows from ops.batch where batch_id = %s", (batch,)
        )
        table = contract.table(name)
        if table.history:
            kept += _load(night, table, batch, rows)
    return kept


def _load(night: Night, table: Table, batch: int, rows: int) -> int:
    landing = sql.Identifier(night.landing, table.name)
    ((landed,),) = night.connection.execute(
        sql.SQL("select count(*) from {} where batch_id = %s").format(landing), (batch,)
    )
    if landed != rows:
        raise WarehouseError(
            f"{table.name}: {landed} rows stand in landing, the batch had {rows}; extract the night again"
        )
    names = {
        "landing": landing,
        "current": sql.Identifier("history", f"{table.name}_current"),
        "closed": sql.Identifier("history", f"{table.name}_closed"),
        "columns": _list((*table.column_names, contract.AS_WRITTEN)),
        "key": _list(table.key),
        "business": _list((*table.key, *table.compared)),
        "row_key": sql.SQL(" || '/' || ").join(sql.SQL("landed.{}").format(sql.Identifier(k)) for k in table.key),
        "typed_row_key": sql.SQL(" || '/' || ").join(sql.SQL("{}::text").format(sql.Identifier(k)) for k in table.key),
        "no_key": sql.SQL(" or ").join(sql.SQL("{} is null").format(sql.Identifier(k)) for k in table.key),
        "old": _list((*table.key, *table.compared), "old"),
        "new": _list((*table.key, *table.compared), "new"),
        "match": sql.SQL(" and ").join(sql.SQL("new.{0} = old.{0}").format(sql.Identifier(k)) for k in table.key),
        "changed_match": sql.SQL(" and ").join(
            sql.SQL("changed.{0} = old.{0}").format(sql.Identifier(k)) for k in table.key
        ),
        "held_match": sql.SQL(" and ").join(sql.SQL("held.{0} = old.{0}").format(sql.Identifier(k)) for k in table.key),
        "either_key": sql.SQL(", ").join(
            sql.SQL("coalesce(old.{0}, new.{0}) as {0}").format(sql.Identifier(k)) for k in table.key
        ),
        "first_key": sql.Identifier(table.key[0]),
        "night": sql.Literal(night.day),
    }

    def run(statement: str, parameters: tuple[object, ...] = ()) -> int:
        return night.connection.execute(sql.SQL(statement).format(**names), parameters).rowcount

    rejected = _type(night, table, names, batch)
    # 1: no key; 2: the same row again; 3: rows that differ under one key.
    quarantined = run(
        """
        create temp table set_aside on commit drop as
        select {key}, source_row, 1 as judgement from typed where {no_key}
        union all
        select {key}, source_row, judgement
        from (
            select {key}, source_row,
                case
                    when min(dense) over (partition by {key}) <> max(dense) over (partition by {key}) then 3
                    when row_number() over (partition by {key} order by source_row) = 1 then 0
                    else 2
                end as judgement
            from (
                select typed.*, dense_rank() over (partition by {key} order by {business}) as dense
                from typed
                inner join (select {key} from typed group by {key} having count(*) > 1) as doubled using ({key})
            ) as typed
        ) as judged
        where judgement > 0
        """
    )
    if quarantined:
        run(
            """
            insert into quality.quarantine (batch_id, table_name, row_key, source_row, reason, keeps_last_night)
            select %s, %s, {typed_row_key}, source_row,
                case judgement
                    when 1 then 'no usable key' when 2 then 'the same row again' else 'rows differ under one key'
                end,
                judgement = 3
            from set_aside
            """,
            (batch, table.name),
        )
        run("delete from typed using set_aside where typed.source_row = set_aside.source_row")
    take_back(night, table)
    run(
        """
        create temp table changed on commit drop as
        select {either_key}, old.{first_key} is not null as was, new.{first_key} is not null as is_now
        from {current} as old
        full join typed as new on {match}
        where (old.{first_key} is null or new.{first_key} is null or row({old}) is distinct from row({new}))
        and not exists (select 1 from set_aside as held where held.judgement = 3 and {held_match})
        """
    )
    ended = run(
        """
        with ended as (
            delete from {current} as old using changed where changed.was and {changed_match} returning old.*
        )
        insert into {closed} ({columns}, seen_from, seen_to) select {columns}, seen_from, {night} from ended
        """
    )
    added = run(
        """
        insert into {current} ({columns}, seen_from, seen_to)
        select {columns}, {night}, 'infinity' from changed inner join typed using ({key}) where changed.is_now
        """
    )
    night.connection.execute(
        """
        insert into ops.load (batch_id, night, source, table_name, rows_read, rows_kept, rows_quarantined,
            values_rejected, versions_ended, versions_added)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (batch, night.day, table.source, table.name, rows, rows - quarantined, quarantined, rejected, ended, added),
    )
    run(
        """
        insert into quality.expectation_result (batch_id, table_name, check_id, severity, passed, failures, fix)
        select %s, %s, %s, 'warning', failures = 0, failures, %s
        from (
            select case when last.rows > %s and changed.keys * 5 > last.rows then changed.keys else 0 end as failures
            from (select count(*) filter (where was) as keys from changed) as changed
            cross join (select count(*) + %s as rows from {current} where seen_from < {night}) as last
        ) as judged
        on conflict (batch_id, check_id) do update set passed = excluded.passed, failures = excluded.failures
        """,
        (batch, table.name, f"{table.name}/changed", MUCH_CHANGED, FEW_ROWS, ended),
    )
    run(
        """
        insert into quality.expectation_result (batch_id, table_name, check_id, severity, passed, failures, fix)
        select %s, %s, %s, 'warning', count(*) = 0, count(*), %s
        from (
            select 1
            from (
                select seen_from, lag(seen_to) over (partition by {key} order by seen_to) as before from {closed}
            ) as past
            where seen_from < before
            union all
            select 1 from {current} as now inner join {closed} as past using ({key}) where past.seen_to > now.seen_from
        ) as overlapping
        on conflict (batch_id, check_id) do update set passed = excluded.passed, failures = excluded.failures
        """,
        (batch, table.name, f"{table.name}/versions", OVERLAPPING),
    )
    run("drop table typed, set_aside, changed")
    if 10 * added > rows:
        _analyze(night.connection, table)
    return rows - quarantined


def take_back(night: Night, table: Table) -> None:
    """Undo the newest night in a table's history: remove versions that began on it, reopen those that ended on it."""
    names = {
        "current": sql.Identifier("history", f"{table.name}_current"),
        "closed": sql.Identifier("history", f"{table.name}_closed"),
        "columns": _list((*table.column_names, contract.AS_WRITTEN)),
        "night": sql.Literal(night.day),
    }
    night.connection.execute(sql.SQL("delete from {current} where seen_from = {night}").format(**names))
    night.connection.execute(
        sql.SQL(
            """
            with reopened as (delete from {closed} where seen_to = {night} returning {columns}, seen_from)
            insert into {current} ({columns}, seen_from, seen_to) select {columns}, seen_from, 'infinity' from reopened
            """
        ).format(**names)
    )


def _analyze(connection: Connection, table: Table) -> None:
    """Let the planner know a table whose rows are new: the parent too, which PostgreSQL never analyses by itself.

    Of versions of one key the nights see one, so as many different keys as there are current rows are told.
    """
    parent = sql.Identifier("history", table.name)
    if len(table.key) == 1:
        ((current,),) = connection.execute(
            sql.SQL("select count(*) from {}").format(sql.Identifier("history", f"{table.name}_current"))
        )
        connection.execute(
            sql.SQL("alter table {} alter column {} set (n_distinct_inherited = {})").format(
                parent, sql.Identifier(table.key[0]), sql.Literal(max(int(current), 1))
            )
        )
    connection.execute(sql.SQL("analyze {}").format(parent))


def _list(columns: tuple[str, ...], relation: str | None = None) -> sql.Composed:
    parts = [sql.Identifier(relation, c) if relation else sql.Identifier(c) for c in columns]
    return sql.SQL(", ").join(parts)


def _type(night: Night, table: Table, names: dict[str, sql.Composable], batch: int) -> int:
    """Make the temporary table `typed` of what landed, and list the values that were lost in typing; their number.

    A value was lost where the text said something and the typed value is null, so each text is tested once. What came
    where the canonical form says something else is kept in `as_written`.
    """
    told = [c for c in table.columns if c.type != "text" or canonical.is_bounded(c)]
    rewritten = [c for c in table.columns if canonical.rewrites(c)]
    asked = [f"{canonical.typed(c)} as {c.name}" for c in table.columns]
    asked += [
        f"{canonical.is_too_long(c) if c.type == 'text' else f'{canonical.text(c)} is not null'} as said_{c.name}"
        for c in told
    ]
    asked += [f"{canonical.came(c)} as came_{c.name}" for c in rewritten]
    landing = f"{night.landing}.{table.name}"
    lost = sql.SQL(", ").join(
        sql.SQL("case when {} and {} is null then {} end").format(
            sql.Identifier(f"said_{c.name}"), sql.Identifier(c.name), sql.Literal(c.name)
        )
        for c in told
    )
    night.connection.execute(
        sql.SQL(
            """
            create temp table typed on commit drop as
            select {named}, source_row, {as_written} as as_written, {lost} as lost
            from ({landed} offset 0) as landed
            """
        ).format(
            named=_list(table.column_names),
            as_written=_as_written(rewritten),
            lost=sql.SQL("nullif(concat_ws(',', {}), '')").format(lost) if told else sql.SQL("null::text"),
            landed=sql.SQL(canonical.scan(table, ", ".join([*asked, "landed.source_row"]), landing)),
        )
    )
    if not told:
        return 0
    too_long = f"is longer than {canonical.LONGEST} signs"
    kinds = sql.SQL(", ").join(
        sql.SQL("({}, {})").format(c.name, too_long if c.type == "text" else f"is no {c.type}") for c in told
    )
    return night.connection.execute(
        sql.SQL(
            """
            insert into quality.reject (batch_id, table_name, row_key, source_row, column_name, reason)
            select %s, %s, left({row_key}, 200), typed.source_row, kind.column_name, kind.reason
            from typed
            inner join {landing} as landed on landed.source_row = typed.source_row
            inner join (values {kinds}) as kind (column_name, reason)
                on kind.column_name = any(string_to_array(typed.lost, ','))
            where typed.lost is not null
            """
        ).format(kinds=kinds, **names),
        (batch, table.name),
    ).rowcount


def _as_written(columns: list[Column]) -> sql.Composable:
    """A JSON object of what came, by column, where the canonical form says something else; null where none does.

    A registration number in another form is the same number, so only a placeholder of it is kept.
    """
    pairs = []
    for column in columns:
        came, now = sql.Identifier(f"came_{column.name}"), sql.Identifier(column.name)
        if not column.code_list:
            differs = sql.SQL("{1} is null and {0} is not null")
        elif column.type == "jsonb":
            differs = sql.SQL("{1} is not null and {0}::jsonb <> {1}")
        else:
            differs = sql.SQL("{0} is distinct from {1}::text")
        pairs.append((sql.Literal(column.name), differs.format(came, now), came))
    if not pairs:
        return sql.SQL("null::jsonb")
    return sql.SQL("case when {} then jsonb_strip_nulls(jsonb_build_object({})) end").format(
        sql.SQL(" or ").join(differs for _, differs, _ in pairs),
        sql.SQL(", ").join(
            sql.SQL("{}, case when {} then {} end").format(name, differs, came) for name, differs, came in pairs
        ),
    )
