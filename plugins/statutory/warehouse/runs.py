"""Runs: each run of a night has a row, from which every task reads its night."""

import contextlib
from collections.abc import Iterator
from datetime import date

from psycopg import errors

from statutory.errors import WarehouseError
from statutory.night import Night
from statutory.postgres import is_there
from statutory.settings import Council
from statutory.warehouse import connection
from statutory.warehouse.connection import Connection

HELD = """
select exists (
    select from pg_locks
    where relation = 'ops.night_lock'::regclass and mode = 'ExclusiveLock' and granted
        and database = (select oid from pg_database where datname = current_database())
)
"""
ANOTHER = "another night is running on this warehouse: wait until it ends, then start again"
# Longer than Airflow waits before it tries a step again (10 minutes).
KEPT = "now() + interval '15 minutes'"
OTHER = "select night, kept_until from ops.run where state = 'running' and kept_until > now() and dag_run_id <> %s"


@contextlib.contextmanager
def alone(council: Council) -> Iterator[None]:
    """Prevent other nights from running; the lock ends with the process that holds it.

    A lock on a table, since anybody who may connect can take an advisory one.

    Raises:
        WarehouseError: another process runs a night, or a run of Airflow has not ended.
    """
    with contextlib.closing(connection.reach(council)) as holder:
        _refuse_beside_another(holder, "exclusive", "")
        yield


@contextlib.contextmanager
def at_work(council: Council, run: int) -> Iterator[None]:
    """Work on a run, beside its other steps and beside no other run; one that a command holds has `alone` around it.

    Between two steps no process holds the lock. So each step keeps the run's place for a time, after which a run that
    was ended from outside, and will not close itself, is in nobody's way.

    Raises:
        WarehouseError: another run has taken its place, or the run is known no more.
    """
    with contextlib.closing(connection.reach(council)) as holder:
        found = holder.execute(
            "select dag_run_id, state = 'running' and kept_until is null from ops.run where run_id = %s", (run,)
        ).fetchone()
        if found is None:
            raise WarehouseError("this run's night was withdrawn: trigger the night again")
        dag_run_id, is_by_command = found
        if is_by_command and is_held(holder):
            yield
            return
        _refuse_beside_another(holder, "row share", dag_run_id)
        _keep(council, run)
        try:
            yield
        finally:
            _keep(council, run)


def is_held(opened: Connection) -> bool:
    """Whether a command works on a night now, with `alone` around it."""
    ((found,),) = opened.execute(HELD)
    return bool(found)


def _keep(council: Council, run: int) -> None:
    with connection.connect(council) as opened:
        opened.execute(f"update ops.run set kept_until = {KEPT} where run_id = %s and state = 'running'", (run,))


def _refuse_beside_another(opened: Connection, mode: str, dag_run_id: str) -> None:
    """Lock for the transaction; WarehouseError when another holds what this mode excludes, or keeps its place."""
    try:
        opened.execute(f"lock table ops.night_lock in {mode} mode nowait")
    except errors.LockNotAvailable:
        raise WarehouseError(ANOTHER) from None
    if other := opened.execute(OTHER, (dag_run_id,)).fetchone():
        raise WarehouseError(f"{ANOTHER}; the run of {other[0]} in Airflow keeps its place until {other[1]:%H:%M}")


def open_run(council: Council, dag_run_id: str, night: date, *, by_command: bool = False) -> int:
    """Write the run row, or take up the one of the same id again; the run's id.

    The row of a run by a command, which holds the lock with `alone`, keeps no place: `kept_until` is null.

    Raises:
        WarehouseError: another night is running, or no command holds the lock for this one.
    """
    with connection.connect(council) as opened:
        if not by_command:
            _refuse_beside_another(opened, "exclusive", dag_run_id)
        elif not is_held(opened):
            raise WarehouseError("the parameter source is for `make nightly` alone: trigger the night without it")
        ((run,),) = opened.execute(
            f"""
            insert into ops.run (dag_run_id, night, kept_until) values (%s, %s, {"null" if by_command else KEPT})
            on conflict (dag_run_id) do update
            set started_at = now(), finished_at = null, state = 'running', message = null,
                kept_until = excluded.kept_until
            returning run_id
            """,
            (dag_run_id, night),
        )
    return int(run)


def newest_loaded(opened: Connection) -> date | None:
    """The newest night that any source is loaded for; None when there is none."""
    is_made = is_there(opened, "ops", "load")
    night = opened.execute("select max(night) from ops.load").fetchall()[0][0] if is_made else None
    return None if night is None else date.fromisoformat(str(night))


def newest_night(opened: Connection) -> date:
    """The newest night that is loaded; WarehouseError when there is none."""
    night = newest_loaded(opened)
    if night is None:
        raise WarehouseError("no night is loaded yet: run `make nightly`")
    return night


def began_by_schedule(opened: Connection) -> bool:
    """Whether any run of a night began by its schedule."""
    began = "select exists (select from ops.run where dag_run_id like 'scheduled__%')"
    return is_there(opened, "ops", "run") and bool(opened.execute(began).fetchall()[0][0])


def night_of(council: Council, opened: Connection, run: int) -> Night:
    """The night a run is for."""
    ((night,),) = opened.execute("select night from ops.run where run_id = %s", (run,))
    return Night(council, night, opened)


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
        "update ops.run set finished_at = now(), state = %s, message = %s, kept_until = null where run_id = %s",
        ("failed" if message else "succeeded", message, run),
    )


def keep_reason(council: Council, run: int, reason: str) -> None:
    """Keep why a step of a run failed, until the run ends."""
    with connection.connect(council) as opened:
        opened.execute("update ops.run set message = %s where run_id = %s", (reason, run))


def reason(opened: Connection, run: int) -> str | None:
    """Why the last step that failed did so; None where none did, or it could not say."""
    ((message,),) = opened.execute("select message from ops.run where run_id = %s", (run,))
    return None if message is None else str(message)


def source_failed(opened: Connection, run: int, source: str, reason: str) -> None:
    """Keep why a source was not taken in, the newest reason of a run."""
    opened.execute(
        """
        insert into ops.source_failure (run_id, source, reason) values (%s, %s, %s)
        on conflict (run_id, source) do update set reason = excluded.reason
        """,
        (run, source, reason),
    )


def chosen_night(council: Council, opened: Connection, night: str | None) -> Night:
    """The night asked for, or the published one; WarehouseError when none is published."""
    if night:
        return Night(council, date.fromisoformat(night), opened)
    found = opened.execute("select night from ops.published").fetchone()
    if found is None:
        raise WarehouseError("no night is published yet: run `make nightly`")
    return Night(council, found[0], opened)
