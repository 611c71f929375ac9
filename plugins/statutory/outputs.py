"""The files of a night, `out/<night>/`, and their manifest of sha256 sums.

A file is written under a temporary name and then renamed, so a reader never sees half a file. So is a folder (the
pack), which has its own manifests. Nothing contains a time or a run number: a rebuilt night gives the same sums.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from statutory.night import Night
from statutory.revision import revision

MANIFEST = "manifest.json"


@contextlib.contextmanager
def written(night: Night, name: str) -> Iterator[Path]:
    """A temporary path for one file; at the end of the block it gets its name and an entry in the manifest."""
    directory = night.folder
    directory.mkdir(parents=True, exist_ok=True)
    aside = directory / f".{name}"
    try:
        yield aside
        os.replace(aside, directory / name)
    finally:
        aside.unlink(missing_ok=True)
    _write_manifest(night)


@contextlib.contextmanager
def written_folder(night: Night, name: str) -> Iterator[Path]:
    """A temporary folder; at the end of the block it replaces the folder of that name."""
    directory = night.folder
    directory.mkdir(parents=True, exist_ok=True)
    aside = directory / f".{name}"
    shutil.rmtree(aside, ignore_errors=True)
    try:
        yield aside
        shutil.rmtree(directory / name, ignore_errors=True)
        os.replace(aside, directory / name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write_manifest(night: Night) -> None:
    directory = night.folder
    # Returns and pack of a night are made in parallel; the later manifest includes the files of both.
    opened = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        files = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(directory.iterdir())
            if path.is_file() and path.name != MANIFEST and not path.name.startswith(".")
        }
        text = json.dumps({"night": f"{night.day:%Y-%m-%d}", "revision": revision(), "files": files}, indent=1) + "\n"
        aside = directory / f".{MANIFEST}"
        aside.write_text(text, encoding="utf-8")
        os.replace(aside, directory / MANIFEST)
    finally:
        os.close(opened)
