"""What a source hands over for a night: files in its folder, tables of its database, or what the product ships."""

import contextlib
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from statutory.errors import SourceError
from statutory.paths import SQL
from statutory.settings import settings
from statutory.sources import database, mapping
from statutory.sources.contract import Table
from statutory.sources.mapping import Mapping, Part

BLOCK = 1 << 20
BOM = b"\xef\xbb\xbf"
CODECS = {"utf8": "utf-8-sig", "win1252": "cp1252", "latin1": "latin-1"}


@dataclass(frozen=True)
class Received:
    """One file or query result: its name in messages, its columns as written, and its bytes as CSV, read once.

    `part` is what the council's mapping says of it, None for a table under the contract's own names.
    """

    name: str
    columns: list[str]
    blocks: Iterator[bytes]
    part: Part | None = None
    has_mark: bool = False


class Delivery:
    """A source's tables for a night, each from where the council has it."""

    def __init__(self, source: str, night: date, directory: Path, opened: database.Database | None) -> None:
        self.source = source
        self.night = night
        self.directory = directory
        self._database = opened
        self._mapping: Mapping = mapping.read(source)

    def is_mapped(self, table: Table) -> bool:
        """Whether the council's mapping names the table."""
        return table.name in self._mapping.parts

    def is_shipped(self, table: Table) -> bool:
        """Whether the table comes from the product, since the council brings none of its own."""
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
        if path.exists():
            return [_file(path, name, None)]
        if self._database and self.is_there(table):
            columns, blocks = self._database.table(table.name, self._mapping.schema, table.key)
            return [Received(f"{table.source}/{table.name}", columns, blocks)]
        if table.shipped:
            return [_file(SQL / "ref" / f"{table.name}.csv", name, None)]
        if table.name not in settings().unsupplied:
            told = f"{self.source}/{table.name} is neither in the database nor a file" if self._database else (
                f"{name} is not there"
            )  # fmt: skip
            raise SourceError(f"{told}; supply it, map it, or name {table.name} in the setting `unsupplied`")
        return []

    def is_there(self, table: Table) -> bool:
        """Whether something came for the table, whole or broken; a query counts as come."""
        if self.is_mapped(table):
            files = [part.file for part in self._mapping.parts[table.name] if part.file]
            return all((self.directory / file).exists() for file in files)
        if (self.directory / f"{table.name}.csv").exists():
            return True
        return self._database is not None and self._database.has_table(table.name, self._mapping.schema)

    def _mapped(self, table: Table, part: Part) -> Received:
        name = f"{table.source}/{part.file or table.name}"
        if part.query:
            if self._database is None:
                raise SourceError(
                    f"{name}: the mapping has a query, but the setting `databases` has no address of {self.source}"
                )
            columns, blocks = self._database.query(part.query, table.name, self.night)
            return Received(name, columns, blocks, part)
        path = self.directory / str(part.file)
        if not path.exists():
            raise SourceError(f"{name} is not there, although the mapping names it")
        return _file(path, name, part)


@contextlib.contextmanager
def delivery(source: str, folder: Path, night: date) -> Iterator[Delivery]:
    """The delivery of a source for a night; its database, when it has one, is open until the block ends."""
    with database.connect(source) as opened:
        yield Delivery(source, night, folder / f"{night:%Y-%m-%d}" / source, opened)


def _file(path: Path, name: str, part: Part | None) -> Received:
    encoding, delimiter = (part.encoding, part.delimiter) if part else ("utf8", ",")
    with path.open("rb") as file:
        first = file.readline()
    try:
        columns = next(csv.reader([first.decode(CODECS[encoding])], delimiter=delimiter), [])
    except UnicodeDecodeError:
        todo = f"the header is not {encoding}; say the encoding in the mapping" if part else (
            "the header is not UTF-8; write the file in UTF-8"
        )  # fmt: skip
        raise SourceError(f"{name}: {todo}") from None
    columns = [column.strip() for column in columns]
    if not any(columns):
        raise SourceError(f"{name} has no header row")
    if any("\0" in column for column in columns):
        raise SourceError(f"{name}: the header holds a NUL byte")
    return Received(name, columns, _blocks(path), part, has_mark=first.startswith(BOM))


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
