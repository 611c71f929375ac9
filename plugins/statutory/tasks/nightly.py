"""The steps of a night. Each is a transaction that can be run again; each reads its night from the run row."""

import contextlib
import functools
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import psycopg

from statutory import outputs
from statutory.errors import StatutoryError
from statutory.indicators import results
from statutory.indicators.definition import indicators
from statutory.night import Night
from statutory.packs import checks
from statutory.quality.check import check_batches
from statutory.quality.night import build as build_night
from statutory.settings import Council
from statutory.sources import contract, folder
from statutory.sources.extract import extract_source, make_landing
from statutory.tasks import notice
from statutory.tasks.failing import at_once, in_words, say, skip
from statutory.tasks.refusal import refuse_impossible
from statutory.warehouse import connection, runs
from statutory.warehouse.load import load_source
from statutory.warehouse.migrate import migrate
from statutory.warehouse.publish import publish

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


def of_run(step: Callable[Concatenate[Night, int, P], R]) -> Callable[Concatenate[int, P], R]:
    """A step on the night of a run, in one transaction; no other run may be active. The run stores why it fails."""

    @at_once
    @functools.wraps(step)
    def held(run: int, /, *args: P.args, **kwargs: P.kwargs) -> R:
        council = connection.open_council()
        with runs.at_work(council, run):
            try:
                with connection.connect(council) as opened:
                    return step(runs.night_of(council, opened, run), run, *args, **kwargs)
            except StatutoryError as error:
                runs.keep_reason(council, run, str(error))
                raise

    return held


def source_given(dag_run: Any) -> str | None:
    """The folder of extracts of a run by `make nightly`, which holds the lock of nights; None of any other run."""
    found: str | None = (dag_run.conf or {}).get("source")
    return found


def has_ended(before: Any) -> bool:
    """Whether the previous run has ended or does not exist: nights are loaded oldest first.

    Airflow starts the runs of a backfill in parallel, whatever the DAG's limit of active runs.
    """
    if before is None or before.state not in ("queued", "running"):
        return True
    log.warning("waits for the run of an earlier night to end: %s", before.run_id)
    return False


@at_once
def may_start(night: str | None, scheduled: datetime | None, now: datetime, began: datetime | None = None) -> bool:
    """Whether a night can start: its extracts are there, the deadline has passed, or a person started it.

    Args:
        night: the night that a person asked for.
        scheduled: when the run was due by its schedule.
        now: the clock.
        began: when the run began, later than it was due where Airflow did not run.

    Raises:
        AirflowSkipException: nothing came, and nobody waits for it: a night of the synthetic council, or one whose
            deadline was past before Airflow ran any night by schedule.
    """
    if night or scheduled is None:
        return True
    council = connection.open_council()
    wanted = folder.night_of(scheduled)
    if not folder.is_anything_there(council, wanted):
        if folder.source_folder(council) == folder.synthetic(council):
            skip("not run: no source is set, so nothing is due; trigger nightly to run the synthetic council's night")
        if began and began >= folder.deadline(council, wanted) and not _began_by_schedule(council):
            skip("not run: nothing arrived, and its time was before this Airflow's first scheduled run")
    return now >= folder.deadline(council, wanted) or folder.has_arrived(council, wanted, now)


def _began_by_schedule(council: Council) -> bool:
    with connection.connect(council) as opened:
        return runs.began_by_schedule(opened)


@at_once
def open_run(dag_run_id: str, night: str | None, scheduled: datetime | None, source: str | None = None) -> int:
    """Write the run row with its night; the run's id.

    The night is the one asked for, that of the schedule, or the newest of the folder of extracts. A run with a folder
    of its own, `source`, is by a command that holds the lock of nights.

    Raises:
        SourceError: the night cannot be run; nothing was touched, and a notice was sent.
    """
    council = connection.open_council()
    if source:
        council = council.model_copy(update={"source": Path(source)})
    known = folder.chosen_night(council, night, scheduled)
    refuse_impossible(council, known, f" by {council.wait_until:%H:%M}" if scheduled and not night else "")
    migrate(council)
    run = runs.open_run(council, dag_run_id, known, by_command=source is not None)
    with connection.connect(council) as opened:
        make_landing(Night(council, known, opened))  # once, before the lanes that would make it at one time
    return run


@of_run
def extract(night: Night, run: int, source: str, given: str | None = None) -> list[int]:
    """Copy one source into landing; the ids of its batches. The reason for a failure is in `ops.source_failure`.

    `given` is the folder of extracts of a run by command; the settings name it otherwise.
    """
    with _reason_kept(night, run, source):
        return extract_source(night, source, Path(given) if given else folder.source_folder(night.council), run)


@of_run
def check(night: Night, run: int, source: str, batches: list[int]) -> list[int]:
    """Run the suites of one source's batches; the batches, when no critical expectation failed."""
    with _reason_kept(night, run, source):
        check_batches(night, batches)
    return batches


@of_run
def load(night: Night, run: int, source: str, batches: list[int]) -> int:
    """Load one source's batches into history; the rows kept. A reason why not stands in `ops.source_failure`."""
    with _reason_kept(night, run, source):
        return load_source(night, source, batches)


@contextlib.contextmanager
def _reason_kept(night: Night, run: int, source: str) -> Iterator[None]:
    try:
        yield
    except (StatutoryError, psycopg.Error) as error:
        failed = in_words(error) if isinstance(error, psycopg.Error) else error
        with contextlib.suppress(psycopg.Error):  # of a connection that is lost
            night.connection.rollback()
        with connection.connect(night.council) as opened:
            runs.source_failed(opened, run, source, str(failed))
        raise failed from None


@of_run
def build(night: Night, run: int) -> int:
    """Make the night's schema from what is loaded; the rows of its marts."""
    return sum(build_night(night).values())


@of_run
def derive(night: Night, run: int) -> int:
    """Work out every indicator of the night; the rows of its values."""
    return results.keep_side_by_side(night, indicators(night.council.local).values())


@of_run
def publish_night(night: Night, run: int) -> str:
    """Publish the night unless a required source has no load for it; the night.

    Raises:
        StatutoryError: a source without which a night is not published failed; last night stays published.
    """
    if absent := sorted(night.council.required_sources & _missing(night, run).keys()):
        raise StatutoryError(f"{night.day} is not published: the source {', '.join(absent)} was not loaded for it")
    publish(night)
    return f"{night.day:%Y-%m-%d}"


@of_run
def close_run(night: Night, run: int) -> str:
    """Write the page of the night's checks, and how the run ended; the words for it.

    Raises:
        StatutoryError: the night is not published, or is with the rows that a source had before: the run is red.
    """
    with outputs.written(night, checks.PAGE) as path:
        checks.write_checks(night, path)
    missing = _missing(night, run)
    is_published = runs.is_published(night.connection, run)
    stale = [_last_taken(night, source) for source in missing] if is_published else []
    ended = ", ".join(["published" if is_published else "not published", *stale])
    reasons = [f"{source} was not loaded: {reason}" for source, reason in missing.items()]
    if not is_published and not reasons:
        reasons = [runs.reason(night.connection, run) or "the last line of the failed task's log says why"]
    message = f"{ended}: {'; '.join(reasons)}" if reasons else None
    runs.close(night.connection, run, message)
    night.connection.commit()
    page = night.folder / checks.PAGE
    log.warning("what the checks found: %s", page)
    if message:
        subject = f"statutory: the night {night.day} is {ended}"
        notice.send(night.council, subject, f"{message}\nwhat the checks found: {page}")
        raise StatutoryError(message)
    return say(ended)


def _last_taken(night: Night, source: str) -> str:
    """The night of the rows of a source that was rejected tonight."""
    ((last,),) = night.connection.execute(
        "select max(night) from ops.load where source = %s and night < %s", (source, night.day)
    )
    if last is None:
        return f"without {source}"
    days = (night.day - last).days
    return f"{source} is of {last}, {days} day{'s' if days > 1 else ''} old"


def _missing(night: Night, run: int) -> dict[str, str]:
    """The sources that this run did not load and the council supplies, each with the reason."""
    loaded = night.connection.execute(
        "select distinct load.source from ops.load inner join ops.batch using (batch_id) where batch.run_id = %s",
        (run,),
    ).fetchall()
    failures = night.connection.execute(
        "select source, reason from ops.source_failure where run_id = %s", (run,)
    ).fetchall()
    reasons: dict[str, str] = dict(failures)
    missing = [
        s for s in contract.SOURCES if (s,) not in loaded and (s in reasons or folder.is_supplied(night.council, s))
    ]
    return {source: reasons.get(source, "the last line of its task says why") for source in missing}
