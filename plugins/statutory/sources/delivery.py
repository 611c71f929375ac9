"""A source's data for a night: files in its folder, tables of its database, or shipped tables."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from statutory.errors import SourceError
from statutory.night import Night
from statutory.paths import SQL
from statutory.sources import database, mapping
from statutory.sources.contract import Table
from statutory.sources.mapping import Mapping, Part
from statutory.sources.reading import Csv

BLOCK = 1 << 20
# What the council's mapping says of a file or a query result (None under the contract's own names), and its rows.
Received = tuple[Part | None, Csv]


class Delivery:
    """A source's tables for a night, wherever each comes from."""

    def __init__(self, night: Night, source: str, directory: Path, opened: database.Database | None) -> None:
        self.source = source
        self.night = night
        self.directory = directory
        self._database = opened
        self._mapping: Mapping = mapping.read(night.council.local, source)

    def is_mapped(self, table: Table) -> bool:
        """Whether the council's mapping names the table."""
        return table.name in self._mapping.parts

    def is_shipped(self, table: Table) -> bool:
        """Whether the shipped table is used because the council supplies none."""
        return table.shipped and not self.is_mapped(table) and not self.is_there(table)

    def of(self, table: Table) -> list[Received]:
        """What goes into a table, part by part; nothing for a table that the council does not supply.

        Raises:
            SourceError: a file or a table is not there, or its header cannot be read.
            UnreachableError: the source's database does not answer.
        """
        if self.is_mapped(table):
            return [self._mapped(table, part) for part in self._mapping.parts[table.name]]
        path = self.directory / f"{table.name}.csv"
        name = f"{table.source}/{table.name}.csv"
        if _is_there(path):
            return [_file(path, name, None, within=self.directory.parent)]
        if self._database and self.is_there(table):
            blocks = self._database.table(table.name, self._mapping.schema, table.key)
            return [(None, Csv(blocks, f"{table.source}/{table.name}"))]
        if table.shipped:
            return [_file(SQL / "ref" / f"{table.name}.csv", name, None, within=SQL)]
        if table.name not in self.night.council.unsupplied:
            told = f"{self.source}/{table.name} is neither in the database nor a file" if self._database else (
                f"{name} is not there"
            )  # fmt: skip
            raise SourceError(f"{told}; supply it, map it, or name {table.name} in the setting `unsupplied`")
        return []

    def is_there(self, table: Table) -> bool:
        """Whether something came for the table, whole or broken; a query counts as come."""
        if self.is_mapped(table):
            files = [part.file for part in self._mapping.parts[table.name] if part.file]
            return all(_is_there(self.directory / file) for file in files)
        if _is_there(self.directory / f"{table.name}.csv"):
            return True
        return self._database is not None and self._database.has_table(table.name, self._mapping.schema)

    def _mapped(self, table: Table, part: Part) -> Received:
        name = f"{table.source}/{part.file or table.name}"
        if part.query:
            if self._database is None:
                raise SourceError(
                    f"{name}: the mapping has a query, but the setting `databases` has no address of {self.source}"
                )
            return part, Csv(self._database.query(part.query, table.name, self.night.day), name)
        path = self.directory / str(part.file)
        if not _is_there(path):
            raise SourceError(f"{name} is not there, although the mapping names it")
        return _file(path, name, part, within=self.directory.parent)


@contextlib.contextmanager
def delivery(night: Night, source: str, folder: Path) -> Iterator[Delivery]:
    """The delivery of a source for a night; its database, when it has one, is open until the block ends."""
    with database.connect(night.council, source) as opened:
        yield Delivery(night, source, folder / f"{night.day:%Y-%m-%d}" / source, opened)


def _is_there(path: Path) -> bool:
    """Also a file that cannot be looked at is there: why is told when it is read."""
    try:
        return path.exists()
    except PermissionError:
        return True


def _file(path: Path, name: str, part: Part | None, *, within: Path) -> Received:
    if not path.resolve().is_relative_to(within.resolve()):
        raise SourceError(f"{name} is outside the night's folder: put the file itself there")
    if part is None:
        return None, Csv(_blocks(path, name), name)
    return part, Csv(_blocks(path, name), name, encoding=part.encoding, delimiter=part.delimiter)


def _blocks(path: Path, name: str) -> Iterator[bytes]:
    """The bytes of a file, header and rows of one handle.

    Raises:
        SourceError: it is no ordinary file, or was written to or replaced before its end was read.
    """
    # A pipe would keep its reader waiting, also one that takes the file's place now.
    if not path.is_file():
        raise SourceError(f"{name} is a folder, a pipe or similar: put a file there")
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
        before = _state(os.fstat(file.fileno()))
        while block := file.read(BLOCK):
            yield block
    if not path.is_file() or _state(path.stat()) != before:
        raise SourceError(f"{name} changed while it was read: wait until it is complete, then run the night again")


def _state(found: os.stat_result) -> tuple[int, ...]:
    """What tells a file that was replaced or written to from the one that was opened."""
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
