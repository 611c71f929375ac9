"""The steps of a night. Each is a transaction that can be run again; each reads its night from the run row."""

import contextlib
import logging
from collections.abc import Iterator
from datetime import date, datetime

import psycopg

from statutory import outputs
from statutory.errors import SourceError, StatutoryError, WarehouseError
from statutory.indicators import results
from statutory.indicators.definition import indicators
from statutory.packs import checks
from statutory.quality.check import check_batches
from statutory.settings import settings
from statutory.sources import contract, folder
from statutory.sources.extract import extract_source, make_landing
from statutory.tasks import notice
from statutory.tasks.failing import at_once
from statutory.warehouse import connection, runs
from statutory.warehouse.build import build_night
from statutory.warehouse.load import load_source
from statutory.warehouse.migrate import migrate
from statutory.warehouse.publish import publish

log = logging.getLogger(__name__)


def may_start(night: str | None, scheduled: datetime | None, now: datetime) -> bool:
    """Whether a night need not wait: its extracts are there, their deadline is past, or a person asked for it."""
    if night or scheduled is None:
        return True
    wanted = folder.night_of(scheduled)
    return now >= folder.deadline(wanted) or folder.has_arrived(wanted, now)


@at_once
def open_run(dag_run_id: str, night: str | None, scheduled: datetime | None) -> int:
    """Write the run row with its night; the run's id.

    The night is the one asked for, that of the schedule, or the newest of the folder of extracts.

    Raises:
        SourceError: nothing at all can be read for the night; a notice of it was sent.
    """
    migrate()
    if night:
        known = date.fromisoformat(night)
    else:
        known = folder.night_of(scheduled) if scheduled else folder.newest_night(folder.source_folder())
    if not folder.is_anything_there(known):
        waited = f" by {settings().wait_until:%H:%M}" if scheduled and not night else ""
        said = f"no extract of the night {known} came{waited}: the folder {known} is not there"
        notice.send(f"statutory: the night {known} failed", said)
        raise SourceError(said)
    run = runs.open_run(dag_run_id, known)
    with connection.connect() as opened:
        make_landing(opened, known)  # once, before the lanes that would make it at one time
    return run


@at_once
def extract(source: str, run: int) -> list[int]:
    """Copy one source into landing; the ids of its batches. A reason why not stands in `ops.source_failure`."""
    with _reason_kept(source, run), connection.connect() as opened:
        return extract_source(opened, source, folder.source_folder(), runs.night_of(opened, run), run)


@at_once
def check(batches: list[int], run: int) -> list[int]:
    """Run the suites of one source's batches; the batches, when no critical expectation failed."""
    with connection.connect() as opened:
        ((source,),) = opened.execute("select distinct source from ops.batch where batch_id = any(%s)", (batches,))
    with _reason_kept(source, run), connection.connect() as opened:
        check_batches(opened, batches)
    return batches


@at_once
def load(batches: list[int], run: int) -> int:
    """Load one source's batches into history; the rows kept. A reason why not stands in `ops.source_failure`."""
    with connection.connect() as opened:
        ((source,),) = opened.execute("select distinct source from ops.batch where batch_id = any(%s)", (batches,))
    with _reason_kept(source, run), connection.connect() as opened:
        return load_source(opened, source, runs.night_of(opened, run), batches)


@contextlib.contextmanager
def _reason_kept(source: str, run: int) -> Iterator[None]:
    try:
        yield
    except (StatutoryError, psycopg.Error) as error:
        # What PostgreSQL says may show a value of a row; the kind of error does not.
        told = isinstance(error, StatutoryError)
        reason = str(error) if told else f"PostgreSQL ended it with {type(error).__name__}; see the server's log"
        with connection.connect() as opened:
            runs.source_failed(opened, run, source, reason)
        if told:
            raise
        raise WarehouseError(f"{source}: {reason}") from None


@at_once
def build(run: int) -> int:
    """Make the night's schema from what is loaded; the rows of its marts."""
    with connection.connect() as opened:
        return sum(build_night(opened, runs.night_of(opened, run)).values())


@at_once
def derive(run: int) -> int:
    """Work out every indicator of the night; the rows of its values."""
    with connection.connect() as opened:
        night = runs.night_of(opened, run)
    return results.keep_side_by_side(indicators().values(), night)


@at_once
def publish_night(run: int) -> int:
    """Publish the night unless a required source has no load for it; the number of published relations.

    Raises:
        StatutoryError: a source without which a night is not published failed; last night stays published.
    """
    with connection.connect() as opened:
        night = runs.night_of(opened, run)
        if absent := sorted(settings().required_sources & _missing(opened, run).keys()):
            raise StatutoryError(f"{night} is not published: the source {', '.join(absent)} was not loaded for it")
        return publish(opened, night)


@at_once
def close_run(run: int) -> None:
    """Write the page of the night's checks, and how the run ended.

    Raises:
        StatutoryError: a source was not loaded, so the run is red although the night may be published.
    """
    with connection.connect() as opened:
        night = runs.night_of(opened, run)
        with outputs.written(night, checks.PAGE) as path:
            checks.write_checks(opened, night, path)
        missing = _missing(opened, run)
        message = "; ".join(f"{source} was not loaded: {reason}" for source, reason in missing.items()) or None
        runs.close(opened, run, message)
    page = outputs.folder(night) / checks.PAGE
    log.warning("what the checks found: %s", page)
    if message:
        notice.send(f"statutory: the night {night} failed", f"{message}\nwhat the checks found: {page}")
        raise StatutoryError(message)


def _missing(opened: connection.Connection, run: int) -> dict[str, str]:
    """The sources that this run did not load, each with the reason."""
    loaded = opened.execute(
        "select distinct load.source from ops.load inner join ops.batch using (batch_id) where batch.run_id = %s",
        (run,),
    ).fetchall()
    failures = opened.execute("select source, reason from ops.source_failure where run_id = %s", (run,)).fetchall()
    reasons: dict[str, str] = dict(failures)
    missing = [source for source in contract.SOURCES if (source,) not in loaded]
    return {source: reasons.get(source, "the task's log says why") for source in missing}
