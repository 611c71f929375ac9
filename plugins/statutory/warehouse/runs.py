"""Runs: each work on a night has a row, and every task reads its night there."""

import contextlib
import os
from collections.abc import Iterator
from datetime import date

from statutory.errors import WarehouseError
from statutory.warehouse import connection
from statutory.warehouse.connection import Connection

LOCK = 20260930  # the advisory lock of whoever runs a night by command
HELD = "STATUTORY_NIGHT_LOCK_HELD"
ANOTHER = "another night is running on this warehouse: wait until it ends, then start again"


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let no second night run by command beside this one; the lock goes with the process that holds it.

    Raises:
        WarehouseError: another process runs a night.
    """
    with contextlib.closing(connection.reach(autocommit=True)) as holder:
        ((got,),) = holder.execute("select pg_try_advisory_lock(%s)", (LOCK,))
        if not got:
            raise WarehouseError(ANOTHER)
        os.environ[HELD] = "yes"
        try:
            yield
        finally:
            del os.environ[HELD]


def refuse_beside_another(opened: Connection) -> None:
    """WarehouseError when a night runs by command elsewhere; Airflow itself runs one at a time."""
    if not os.environ.get(HELD):
        ((free,),) = opened.execute("select pg_try_advisory_xact_lock(%s)", (LOCK,))
        if not free:
            raise WarehouseError(ANOTHER)


def open_run(dag_run_id: str, night: date) -> int:
    """Write the run row, or take up the one of the same id again; the run's id."""
    with connection.connect() as opened:
        refuse_beside_another(opened)
        ((run,),) = opened.execute(
            """
            insert into ops.run (dag_run_id, night) values (%s, %s)
            on conflict (dag_run_id) do update
            set started_at = now(), finished_at = null, state = 'running', message = null
            returning run_id
            """,
            (dag_run_id, night),
        )
    return int(run)


def newest_loaded(opened: Connection) -> date | None:
    """The newest night that any source is loaded for; None when there is none."""
    ((migrated,),) = opened.execute("select to_regclass('ops.load') is not null")
    night = opened.execute("select max(night) from ops.load").fetchall()[0][0] if migrated else None
    return None if night is None else date.fromisoformat(str(night))


def newest_night(opened: Connection) -> date:
    """The newest night that is loaded; WarehouseError when there is none."""
    night = newest_loaded(opened)
    if night is None:
        raise WarehouseError("no night is loaded yet: run `make nightly`")
    return night


def began_by_schedule(opened: Connection) -> bool:
    """Whether any run of a night began by its schedule."""
    ((migrated,),) = opened.execute("select to_regclass('ops.run') is not null")
    began = "select exists (select from ops.run where dag_run_id like 'scheduled__%')"
    return bool(migrated and opened.execute(began).fetchall()[0][0])


def night_of(opened: Connection, run: int) -> date:
    """The night a run is for."""
    ((night,),) = opened.execute("select night from ops.run where run_id = %s", (run,))
    return date.fromisoformat(str(night))


def is_published(opened: Connection, run: int) -> bool:
    """Whether a run published its night; that an earlier run of the night did is another matter."""
    found = opened.execute(
        """
        select from ops.published inner join ops.run using (night)
        where run.run_id = %s and published.published_at >= run.started_at
        """,
        (run,),
    )
    return found.fetchone() is not None


def close(opened: Connection, run: int, message: str | None) -> None:
    """Write how a run ended: failed with a message, or succeeded without one."""
    opened.execute(
        "update ops.run set finished_at = now(), state = %s, message = %s where run_id = %s",
        ("failed" if message else "succeeded", message, run),
    )


def source_failed(opened: Connection, run: int, source: str, reason: str) -> None:
    """Keep why a source was not taken in, the newest reason of a run."""
    opened.execute(
        """
        insert into ops.source_failure (run_id, source, reason) values (%s, %s, %s)
        on conflict (run_id, source) do update set reason = excluded.reason
        """,
        (run, source, reason),
    )


def chosen_night(opened: Connection, night: str | None) -> date:
    """The night asked for, or the published one; WarehouseError when none is published."""
    if night:
        return date.fromisoformat(night)
    found = opened.execute("select night from ops.published").fetchone()
    if found is None:
        raise WarehouseError("no night is published yet: run `make nightly`")
    return date.fromisoformat(str(found[0]))
