"""The note of a DAG run: its night and its result.

Airflow calls these in the scheduler (`plugins/run_notes.py`); a task cannot write the note of its run itself.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from airflow.listeners import hookimpl

from statutory.errors import StatutoryError
from statutory.settings import Council
from statutory.sources import folder

if TYPE_CHECKING:
    from airflow.models.dagrun import DagRun

NOTE = "note"  # the XCom with the run's result
OURS, BREAK = "night ", "\n\n"  # how our line of a note begins, and what ends it
LONGEST = 1000  # characters, of Airflow's column


def due(dag_run: Any) -> datetime | None:
    """When a run was due by its schedule, a backfilled one too; None for one that a person or an event started."""
    when: datetime = dag_run.run_after
    return when if dag_run.run_type in ("scheduled", "backfill") else None


def nights(asked: str | None, dag_run: Any) -> Sequence[str | None]:
    """The nights of a run that follows a publication: the one asked for, those of its events, or the published one."""
    told = {event.extra["night"] for event in dag_run.consumed_asset_events if "night" in event.extra}
    return [asked] if asked else sorted(told) or [None]


@hookimpl  # type: ignore[untyped-decorator]
def on_dag_run_running(dag_run: "DagRun", msg: str) -> None:
    """Note the night that a run begins."""
    asked = (dag_run.conf or {}).get("night")
    try:
        if dag_run.dag_id == "nightly":
            known = [f"{folder.chosen_night(Council.of_environment(), asked, due(dag_run))}"]
        else:
            known = [night for night in nights(asked, dag_run) if night]
    except StatutoryError:
        return  # the run says itself why there is no night
    if known:
        _put(dag_run, f"{OURS}{', '.join(known)}")


@hookimpl  # type: ignore[untyped-decorator]
def on_dag_run_success(dag_run: "DagRun", msg: str) -> None:
    """Note what the tasks say of how the run ended."""
    _write_outcome(dag_run)


@hookimpl  # type: ignore[untyped-decorator]
def on_dag_run_failed(dag_run: "DagRun", msg: str) -> None:
    """Note what the tasks say of how the run ended."""
    _write_outcome(dag_run)


def _write_outcome(dag_run: "DagRun") -> None:
    from airflow.models.xcom import XComModel
    from sqlalchemy import select
    from sqlalchemy.orm import object_session

    session = object_session(dag_run)
    if session is None:
        return
    said = session.scalars(
        select(XComModel.value)
        .where(XComModel.dag_id == dag_run.dag_id, XComModel.run_id == dag_run.run_id, XComModel.key == NOTE)
        .order_by(XComModel.timestamp.desc())
    ).first()
    if said:
        night = _ours(dag_run).partition(":")[0]
        _put(dag_run, f"{night}: {said}" if night else said)


def _ours(dag_run: "DagRun") -> str:
    """The line that was put there before; empty when the note is a person's alone."""
    first = (dag_run.note or "").partition(BREAK)[0]
    return first if first.startswith(OURS) else ""


def _put(dag_run: "DagRun", line: str) -> None:
    """Put a line at the top of the note, above what a person wrote."""
    theirs = (dag_run.note or "").removeprefix(_ours(dag_run)).removeprefix(BREAK)
    dag_run.note = BREAK.join(part for part in (line, theirs) if part)[:LONGEST]
