"""Read CSV as people and spreadsheets write it. Never merge two rows; report what cannot be read in one sentence.

Read is what RFC 4180 calls a CSV, and beside it: a byte order mark, line ends of every kind, lines on which nothing
stands, quotes inside an unquoted value, blank columns at the end of a line. No-break spaces become spaces; zero-width
and control characters are removed.
"""

import csv
import hashlib
import io
import re
import sys
from collections.abc import Iterator

from statutory.errors import SourceError

# The names that PostgreSQL has for them, and Python's.
CODECS = {"utf8": "utf-8", "win1252": "cp1252", "latin1": "latin-1"}
BOM = "\ufeff"
_BLANKS = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_NO_WIDTH = (0xAD, 0x200B, 0x2060, ord(BOM))
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
_WHITE_SPACE: dict[int, str | None] = dict.fromkeys(_BLANKS, " ") | dict.fromkeys(_NO_WIDTH)
MOST_COLUMNS = 1000
# Stands for bytes that cannot be decoded until the line is reported.
_UNDECODED = re.compile("[\udc80-\udcff]")

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # a document in a cell may be large


def cleaned(text: str) -> str:
    """A text with a blank for each sign of white space beyond ASCII, without signs of no width and control signs."""
    text = _CONTROL.sub("", text)
    return text if text.isascii() else text.translate(_WHITE_SPACE)


class Csv:
    """A CSV with a header row: `columns` as written, then `rows`, read once, each with a value for every column.

    When the rows are read, `sha256` and `size` are those of its bytes, and `remarks` says what was unusual.
    """

    def __init__(self, blocks: Iterator[bytes], name: str, *, encoding: str = "utf8", delimiter: str = ",") -> None:
        self.name = name
        self.size = 0
        self.remarks: list[str] = []
        self._encoding, self._delimiter = encoding, delimiter
        self._digest = hashlib.sha256()
        self._ends: set[str] = set()
        self._blank_lines = self._cleaned_lines = self._controlled_lines = self._first_controlled = 0
        self._lines: list[str] = []  # of the record that is being read
        self.line = 0  # on which the row begins that was read last
        text = io.TextIOWrapper(
            io.BufferedReader(_Blocks(self._counted(blocks))),
            encoding=CODECS[encoding],
            errors="surrogateescape",
            newline="",
        )
        self._reader = csv.reader(self._checked(text), delimiter=delimiter, skipinitialspace=True, strict=True)
        self.columns = [column.strip() for column in self._header()]
        if len(self.columns) > MOST_COLUMNS:
            raise SourceError(
                f"{name} has {len(self.columns):,} columns, more than {MOST_COLUMNS:,}: check whether it is the right"
                " file and its header is one row"
            )

    @property
    def sha256(self) -> str:
        """Of the bytes that were read."""
        return self._digest.hexdigest()

    def rows(self) -> Iterator[list[str]]:
        """The rows that say something, each with as many values as the header has columns.

        Raises:
            SourceError: a row cannot be read; the text names the line and what to do, never a value.
        """
        wanted = len(self.columns)
        named = max((n for n, column in enumerate(self.columns, 1) if column), default=wanted)
        while (row := self._next()) is not None:
            if len(row) != wanted:
                if not any(row):
                    self._blank_lines += 1
                    continue
                row = self._fitted(row, wanted, named)
            elif not any(value and not value.isspace() for value in row):
                self._blank_lines += 1
                continue
            yield row
        if len(self._ends) > 1:
            self.remarks.append("line ends of more than one kind")
        if self._blank_lines:
            self.remarks.append(f"{self._blank_lines:,} blank lines")
        if self._cleaned_lines:
            self.remarks.append(f"{self._cleaned_lines:,} lines with white space beyond ASCII")
        if self._controlled_lines:
            self.remarks.append(
                f"{self._controlled_lines:,} lines with control signs, which are left out; the first is line"
                f" {self._first_controlled:,}"
            )

    def _fitted(self, row: list[str], wanted: int, named: int) -> list[str]:
        """A row whose surplus or lack is in columns without a name."""
        if len(row) < named:
            missing = ", ".join(column for column in self.columns[len(row) :] if column)
            raise self._error(f"ends before the column {missing}: it has {len(row)} of {wanted} values")
        if any(value.strip() for value in row[wanted:]):
            raise self._error(
                f"has more values than the header has columns: {len(row)}, not {wanted}; put a value that holds"
                f" {'a comma' if self._delimiter == ',' else 'the delimiter'} in quotes"
            )
        return (row + [""] * wanted)[:wanted]

    def _header(self) -> list[str]:
        header = self._next()
        while header is not None and not any(value.strip() for value in header):
            header = self._next()
        if header is None:
            raise SourceError(f"{self.name} has no header row")
        return header

    def _next(self) -> list[str] | None:
        before = self._reader.line_num
        self._lines.clear()
        try:
            row = next(self._reader, None)
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise SourceError(
                    f"{self.name} line {before + 1} ends inside a quoted value; the file seems to be cut, or a quote"
                    " is missing"
                ) from None
            raise self._error("has a quote in the middle of a quoted value; write it twice") from None
        if row is not None:
            self.line = before + 1
            last = self._lines[-1]
            self._ends.update(filter(None, [last[len(last.rstrip("\r\n")) :]]))
            if len(self._lines) > 1:
                self._see_that_one_row_is_one(before + 1, row)
        return row

    def _see_that_one_row_is_one(self, first: int, row: list[str]) -> None:
        """A value may span several lines; if each of these is a complete row, a stray quote has merged them."""
        alone = csv.reader(self._lines, delimiter=self._delimiter, quoting=csv.QUOTE_NONE)
        if len(row) > 1 and all(len(line) == len(row) for line in alone):
            raise SourceError(
                f"{self.name} line {first} opens a quote that line {self._reader.line_num} closes, and each of these"
                " lines is a complete row: remove the quotes, or double them inside quotes"
            )

    def _checked(self, text: io.TextIOWrapper) -> Iterator[str]:
        """The lines, cleaned; those that cannot be text are named."""
        for number, line in enumerate(text, 1):
            if number == 1 and "\0" in line:
                raise SourceError(f"{self.name} line 1 holds a NUL byte; send the file as plain text, in UTF-8")
            if _UNDECODED.search(line):
                raise SourceError(f"{self.name} line {number} {self._not_decoded()}")
            if number == 1 and line.startswith(BOM):
                self.remarks.append("byte order mark")
                line = line.removeprefix(BOM)  # noqa: PLW2901
            if _CONTROL.search(line):
                self._first_controlled = self._first_controlled or number
                self._controlled_lines += 1
                line = _CONTROL.sub("", line)  # noqa: PLW2901
            plain = cleaned(line)
            self._cleaned_lines += plain != line
            self._lines.append(plain)
            yield plain

    def _not_decoded(self) -> str:
        if self._encoding == "utf8":
            return "is not UTF-8; write the file in UTF-8, or say its encoding in the mapping"
        return f"holds a byte that {self._encoding} does not have; say the file's encoding in the mapping"

    def _error(self, what: str) -> SourceError:
        ends = " (the file has line ends of more than one kind)" if len(self._ends) > 1 else ""
        return SourceError(f"{self.name} line {self._reader.line_num} {what}{ends}")

    def _counted(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        for block in blocks:
            self._digest.update(block)
            self.size += len(block)
            yield block


class _Blocks(io.RawIOBase):
    """Blocks of bytes as a stream."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._rest = b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes."""
        if not self._rest:
            self._rest = next(self._blocks, b"")
        taken = self._rest[: len(buffer)]
        self._rest = self._rest[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)
