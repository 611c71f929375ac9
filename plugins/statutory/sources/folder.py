"""The folder of extracts: one folder a night in it, named yyyy-mm-dd."""

from datetime import date
from pathlib import Path

from statutory.errors import SourceError
from statutory.settings import settings


def source_folder() -> Path:
    """The folder of extracts; SourceError when the settings name none."""
    if settings().source is None:
        raise SourceError("no folder of extracts is set: give SOURCE=DIR, or STATUTORY_SOURCE")
    return Path(str(settings().source))


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
    """The newest night that a folder of extracts holds; SourceError when it holds none."""
    nights = nights_of(folder)
    if not nights:
        raise SourceError(f"the folder {folder.name} holds no night: one folder a night is wanted, named yyyy-mm-dd")
    return nights[-1]
