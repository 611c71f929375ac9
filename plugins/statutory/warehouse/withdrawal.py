"""Withdraw the newest night, loaded by mistake: history and `ops` are then as if it had never been loaded.

What people wrote and took of it stays (`ops.commentary`, `ops.pack_copy`), and `ops.withdrawal` says who took it back,
when and why.
"""

import shutil
from dataclasses import replace
from datetime import date

from psycopg import sql

from statutory.errors import WarehouseError
from statutory.night import Night
from statutory.sources import contract, folder
from statutory.warehouse import load, runs
from statutory.warehouse.connection import Connection
from statutory.warehouse.nights import built_nights, drop_aside, set_aside
from statutory.warehouse.publish import SHOWN, publish

BATCHES = "in (select batch_id from ops.batch where night = %(night)s)"
RUNS = "in (select run_id from ops.run where night = %(night)s)"
# What says that a night was loaded, checked or built, in an order that references allow.
ROWS = {
    "quality.reject": f"batch_id {BATCHES}",
    "quality.quarantine": f"batch_id {BATCHES}",
    "quality.expectation_result": f"batch_id {BATCHES}",
    "ops.load": "night = %(night)s",
    "ops.batch": "night = %(night)s",
    "ops.source_failure": f"run_id {RUNS}",
    "ops.run": "night = %(night)s",
    "ops.build": "night = %(night)s",
    "quality.rule_failure": "first_seen = %(night)s",
    "quality.rule_result": "night = %(night)s",
    "quality.readiness": "night = %(night)s",
}
# What failed on the newest night and before was last seen on the check before.
_BEFORE = """
update quality.rule_failure as failure
set last_seen = (
    select max(night) from quality.rule_result as result
    where result.return_id = failure.return_id and result.period = failure.period
    and result.night < %(night)s
)
where last_seen = %(night)s and first_seen < %(night)s
"""


def withdraw(night: Night, reason: str) -> date | None:
    """Take the newest loaded night back, with its schemas and files; the night that is published then.

    The night before is published first, where this one is; the rest is one transaction.

    Raises:
        WarehouseError: the night is not the newest or was never loaded; a submitted return or a frozen pack rests on
            it; or the night before is not built.
    """
    _refuse(night)
    shown = night.connection.execute("select night from ops.published").fetchone()
    if shown == (night.day,):
        before = _publishable_before(night)
        if before is None:
            _show_nothing(night.connection)
        else:
            publish(replace(night, day=before))
        shown = (before,)
    for table in contract.tables().values():
        if table.history:
            load.take_back(night, table)
    night.connection.execute(_BEFORE, {"night": night.day})
    for relation, condition in ROWS.items():
        night.connection.execute(f"delete from {relation} where {condition}", {"night": night.day})
    for (schema,) in night.connection.execute(
        "select nspname from pg_namespace where nspname ~ ('^' || %s || '(_|$)') or nspname = %s",
        (night.schema, night.landing),
    ).fetchall():
        set_aside(night.connection, schema)
    night.connection.execute("insert into ops.withdrawal (night, reason) values (%s, %s)", (night.day, reason))
    night.connection.commit()
    shutil.rmtree(night.folder, ignore_errors=True)
    drop_aside(night.connection)
    return shown[0] if shown else None


def _refuse(night: Night) -> None:
    later = night.connection.execute(
        "select distinct night from ops.load where night > %s order by night desc", (night.day,)
    ).fetchall()
    if later:
        first = ", ".join(str(one) for (one,) in later)
        raise WarehouseError(f"the night {night.day} is not the newest that is loaded: withdraw first {first}")
    if not night.connection.execute("select 1 from ops.load where night = %s limit 1", (night.day,)).fetchone():
        newest = runs.newest_loaded(night.connection)
        raise WarehouseError(f"the night {night.day} is not loaded; the newest one is {newest or 'none'}")
    for relation, what in (("ops.submission", "a submitted return"), ("ops.frozen_pack", "a frozen pack")):
        if night.connection.execute(f"select 1 from {relation} where night = %s limit 1", (night.day,)).fetchone():
            raise WarehouseError(f"{what} rests on the night {night.day}, which therefore stays")


def _publishable_before(night: Night) -> date | None:
    """The newest night before this one that the required sources were loaded for; None when there is none.

    Raises:
        WarehouseError: it is not built.
    """
    wanted = [source for source in night.council.required_sources if folder.is_supplied(night.council, source)]
    ((before,),) = night.connection.execute(
        """
        select max(night) from (
            select night from ops.load where night < %s group by night
            having count(distinct source) filter (where source = any(%s)) = %s
        ) as whole
        """,
        (night.day, wanted, len(wanted)),
    )
    if before and before not in built_nights(night.connection):
        raise WarehouseError(
            f"the night before, {before}, is not built, and would be published: run `statutory build --night {before}`"
        )
    return None if before is None else date.fromisoformat(str(before))


def _show_nothing(connection: Connection) -> None:
    there = connection.execute("select nspname from pg_namespace where nspname = any(%s)", (list(SHOWN),)).fetchall()
    for (schema,) in there:
        set_aside(connection, schema)
        connection.execute(sql.SQL("create schema {}").format(sql.Identifier(schema)))
    connection.execute("delete from ops.published")
