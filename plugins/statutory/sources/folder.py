"""The extracts: a folder per night, named yyyy-mm-dd, with a folder per source."""

import contextlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from statutory.errors import SourceError
from statutory.settings import Council
from statutory.sources import contract

LONDON = ZoneInfo("Europe/London")
# A file changed within this time may be incomplete.
STILL = timedelta(minutes=1)


def today() -> date:
    """The day that it is in London."""
    return datetime.now(LONDON).date()


def refuse_future(night: date) -> date:
    """The night, which is not after today; SourceError for one that is: a mistyped year would shut out real nights."""
    if night > today():
        raise SourceError(
            f"the night {night} is after today, {today()}: give its folder, or the night asked for, the right date"
        )
    return night


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Turn "permission denied" and similar errors on extracts into a SourceError."""
    try:
        yield
    except OSError as error:
        name = "/".join(Path(error.filename or "a file").parts[-3:])
        raise SourceError(
            f"{name} cannot be read ({(error.strerror or 'error').lower()}): let the user that runs the night read the"
            " folder of extracts and all that is in it"
        ) from None


def source_folder(council: Council) -> Path:
    """The folder of extracts; where every source is a database there may be none.

    Raises:
        SourceError: the settings name neither a folder nor a database.
    """
    if council.source is None and not council.databases:
        raise SourceError("no folder of extracts is set: say --source DIR, or set STATUTORY_SOURCE")
    return council.source or council.home / "extracts"


@reading()
def nights_of(folder: Path) -> list[date]:
    """The nights that a folder of extracts holds, oldest first."""
    nights = []
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            nights.append(date.fromisoformat(path.name))
        except ValueError:
            continue  # other files lie beside the nights
    return sorted(nights)


def newest_night(folder: Path) -> date:
    """The newest night that a folder of extracts holds; SourceError when it holds none, or one after today."""
    nights = nights_of(folder)
    if not nights:
        raise SourceError(f"the folder {folder.name} has no nights: it needs a folder per night, named yyyy-mm-dd")
    return refuse_future(nights[-1])


def night_of(scheduled: datetime) -> date:
    """The night of a run by its schedule: the day in London before the one on which it is due."""
    return scheduled.astimezone(LONDON).date() - timedelta(days=1)


def chosen_night(council: Council, asked: str | None, scheduled: datetime | None) -> date:
    """The night of a run: the one asked for, that of its schedule, or the newest of the folder of extracts.

    Raises:
        SourceError: it is after today, or none of the first two and the folder holds no night.
    """
    if asked:
        return refuse_future(date.fromisoformat(asked))
    return night_of(scheduled) if scheduled else newest_night(source_folder(council))


def synthetic(council: Council) -> Path:
    """The folder of the synthetic council, which stands in where no source is set."""
    return council.home / "sample"


def is_awaited(council: Council, source: str) -> bool:
    """Whether files of a source have to come: not where the council supplies none of its tables, nor from a database.

    Nobody has to send the reference tables.
    """
    if source == "reference" or source in council.databases:
        return False
    return is_supplied(council, source)


def is_supplied(council: Council, source: str) -> bool:
    """Whether the council supplies any table of a source."""
    return any(table.name not in council.unsupplied for table in contract.tables_of(source))


@reading()
def has_arrived(council: Council, night: date, now: datetime) -> bool:
    """Whether every source that comes as files is in the folder of the night, and none is still being written."""
    directory = source_folder(council) / f"{night:%Y-%m-%d}"
    for source in (one for one in contract.SOURCES if is_awaited(council, one)):
        files = list((directory / source).glob("*"))
        newest = max((file.stat().st_mtime for file in files), default=None)
        if newest is None or datetime.fromtimestamp(newest, LONDON) > now - STILL:
            return False
    return True


def deadline(council: Council, night: date) -> datetime:
    """When a scheduled night stops waiting for missing sources."""
    return datetime.combine(night + timedelta(days=1), council.wait_until, LONDON)


@reading()
def is_anything_there(council: Council, night: date) -> bool:
    """Whether any source can be read for the night."""
    return bool(council.databases) or (source_folder(council) / f"{night:%Y-%m-%d}").is_dir()
