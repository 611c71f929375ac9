"""The steps of a night. Each is a transaction that can be run again; each reads its night from the run row."""

import contextlib
import functools
import inspect
import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, ParamSpec, TypeVar

import psycopg

from statutory import outputs
from statutory.errors import StatutoryError
from statutory.indicators import results
from statutory.indicators.definition import indicators
from statutory.packs import checks
from statutory.quality.check import check_batches
from statutory.quality.night import build as build_night
from statutory.settings import settings
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


def of_run(step: Callable[P, R]) -> Callable[P, R]:
    """A step that works on the run among its arguments, beside no other run; the run keeps why it fails."""

    @at_once
    @functools.wraps(step)
    def held(*args: P.args, **kwargs: P.kwargs) -> R:
        run = inspect.signature(step).bind(*args, **kwargs).arguments["run"]
        with runs.at_work(run):
            try:
                return step(*args, **kwargs)
            except StatutoryError as error:
                runs.keep_reason(run, str(error))
                raise

    return held


def has_ended(before: Any) -> bool:
    """Whether the run before this one has ended, or there is none: nights are loaded oldest first.

    Airflow begins the runs of a backfill side by side, whatever the DAG says of runs at a time.
    """
    if before is None or before.state not in ("queued", "running"):
        return True
    log.warning("waits for the run of an earlier night to end: %s", before.run_id)
    return False


@at_once
def may_start(night: str | None, scheduled: datetime | None, now: datetime, began: datetime | None = None) -> bool:
    """Whether a night need not wait: its extracts are there, their deadline is past, or a person asked for it.

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
    wanted = folder.night_of(scheduled)
    if not folder.is_anything_there(wanted):
        if folder.source_folder() == folder.synthetic():
            skip("not run: no source is set, so nothing is due; trigger nightly to run the synthetic council's night")
        if began and began >= folder.deadline(wanted) and not _began_by_schedule():
            skip("not run: nothing came, and its time was past before this Airflow ran a night by schedule")
    return now >= folder.deadline(wanted) or folder.has_arrived(wanted, now)


def _began_by_schedule() -> bool:
    with connection.connect() as opened:
        return runs.began_by_schedule(opened)


@at_once
def open_run(dag_run_id: str, night: str | None, scheduled: datetime | None) -> int:
    """Write the run row with its night; the run's id.

    The night is the one asked for, that of the schedule, or the newest of the folder of extracts.

    Raises:
        SourceError: the night cannot be run; nothing was touched, and a notice was sent.
    """
    known = folder.chosen_night(night, scheduled)
    refuse_impossible(known, f" by {settings().wait_until:%H:%M}" if scheduled and not night else "")
    migrate()
    run = runs.open_run(dag_run_id, known)
    with connection.connect() as opened:
        make_landing(opened, known)  # once, before the lanes that would make it at one time
    return run


@of_run
def extract(source: str, run: int) -> list[int]:
    """Copy one source into landing; the ids of its batches. A reason why not stands in `ops.source_failure`."""
    with _reason_kept(source, run), connection.connect() as opened:
        return extract_source(opened, source, folder.source_folder(), runs.night_of(opened, run), run)


@of_run
def check(source: str, batches: list[int], run: int) -> list[int]:
    """Run the suites of one source's batches; the batches, when no critical expectation failed."""
    with _reason_kept(source, run), connection.connect() as opened:
        check_batches(opened, batches)
    return batches


@of_run
def load(source: str, batches: list[int], run: int) -> int:
    """Load one source's batches into history; the rows kept. A reason why not stands in `ops.source_failure`."""
    with _reason_kept(source, run), connection.connect() as opened:
        return load_source(opened, source, runs.night_of(opened, run), batches)


@contextlib.contextmanager
def _reason_kept(source: str, run: int) -> Iterator[None]:
    try:
        yield
    except (StatutoryError, psycopg.Error) as error:
        failed = in_words(error) if isinstance(error, psycopg.Error) else error
        with connection.connect() as opened:
            runs.source_failed(opened, run, source, str(failed))
        raise failed from None


@of_run
def build(run: int) -> int:
    """Make the night's schema from what is loaded; the rows of its marts."""
    with connection.connect() as opened:
        return sum(build_night(opened, runs.night_of(opened, run)).values())


@of_run
def derive(run: int) -> int:
    """Work out every indicator of the night; the rows of its values."""
    with connection.connect() as opened:
        night = runs.night_of(opened, run)
    return results.keep_side_by_side(indicators().values(), night)


@of_run
def publish_night(run: int) -> str:
    """Publish the night unless a required source has no load for it; the night.

    Raises:
        StatutoryError: a source without which a night is not published failed; last night stays published.
    """
    with connection.connect() as opened:
        night = runs.night_of(opened, run)
        if absent := sorted(settings().required_sources & _missing(opened, run).keys()):
            raise StatutoryError(f"{night} is not published: the source {', '.join(absent)} was not loaded for it")
        publish(opened, night)
    return f"{night:%Y-%m-%d}"


@of_run
def close_run(run: int) -> str:
    """Write the page of the night's checks, and how the run ended; the words for it.

    Raises:
        StatutoryError: the night is not published, or is with the rows that a source had before: the run is red.
    """
    with connection.connect() as opened:
        night = runs.night_of(opened, run)
        with outputs.written(night, checks.PAGE) as path:
            checks.write_checks(opened, night, path)
        missing = _missing(opened, run)
        is_published = runs.is_published(opened, run)
        stale = [_last_taken(opened, source, night) for source in missing] if is_published else []
        ended = ", ".join(["published" if is_published else "not published", *stale])
        reasons = [f"{source} was not loaded: {reason}" for source, reason in missing.items()]
        if not is_published and not reasons:
            reasons = [runs.reason(opened, run) or "the last line of the task that failed says why"]
        message = f"{ended}: {'; '.join(reasons)}" if reasons else None
        runs.close(opened, run, message)
    page = outputs.folder(night) / checks.PAGE
    log.warning("what the checks found: %s", page)
    if message:
        notice.send(f"statutory: the night {night} is {ended}", f"{message}\nwhat the checks found: {page}")
        raise StatutoryError(message)
    return say(ended)


def _last_taken(opened: connection.Connection, source: str, night: date) -> str:
    """Of which night the rows of a source are that was not taken in tonight."""
    ((last,),) = opened.execute("select max(night) from ops.load where source = %s and night < %s", (source, night))
    if last is None:
        return f"without {source}"
    days = (night - last).days
    return f"{source} is of {last}, {days} day{'s' if days > 1 else ''} old"


def _missing(opened: connection.Connection, run: int) -> dict[str, str]:
    """The sources that this run did not load and the council supplies, each with the reason."""
    loaded = opened.execute(
        "select distinct load.source from ops.load inner join ops.batch using (batch_id) where batch.run_id = %s",
        (run,),
    ).fetchall()
    failures = opened.execute("select source, reason from ops.source_failure where run_id = %s", (run,)).fetchall()
    reasons: dict[str, str] = dict(failures)
    missing = [s for s in contract.SOURCES if (s,) not in loaded and (s in reasons or folder.is_supplied(s))]
    return {source: reasons.get(source, "the last line of its task says why") for source in missing}
