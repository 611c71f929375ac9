"""SQL files with a header: read, checked, ordered by what they read.

A file is one select under a leading comment that holds a YAML block. Tables are named without a schema; the search
path decides which night, which file or which test is meant. Dependencies are read from the SQL, nobody lists them.
"""

import functools
import graphlib
import hashlib
import itertools
import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlglot
import yaml
from sqlglot import Dialect, TokenType, exp

from statutory.errors import SqlFileError
from statutory.paths import PROJECT, SQL

_WRITES = (exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Into, exp.Lock, exp.Command)
_ESCAPED_NAME = re.compile(r"\bU&[\"']", re.IGNORECASE)


@dataclass(frozen=True)
class SqlFile:
    """One select and what its header says of it."""

    path: Path
    header: dict[str, Any]
    select: str
    sha256: str
    reads: frozenset[str]
    columns: tuple[str, ...]
    calls: frozenset[str]

    @property
    def name(self) -> str:
        """The name of the file without its ending: the table a mart becomes."""
        return self.path.stem

    @property
    def described(self) -> dict[str, str]:
        """What its header says of each column; empty where it says nothing."""
        return dict(self.header.get("columns", {}))

    @property
    def label(self) -> str:
        """The path as a reader knows it, inside the project or the council's folder."""
        return str(self.path.relative_to(PROJECT)) if self.path.is_relative_to(PROJECT) else str(self.path)


def read(path: Path, required: Iterable[str], optional: Iterable[str] = ()) -> SqlFile:
    """Read one file.

    Raises:
        SqlFileError: no header, a header that is no YAML, a key that is missing or unknown, a description of a column
            that the select does not return, SQL that is not one select that writes nothing, or a table named with a
            schema; file and line are in the text.
    """
    there = path.stat()
    return _read(path, there.st_mtime_ns, there.st_size, tuple(required), tuple(optional))


@functools.cache
def _read(path: Path, _changed: int, _size: int, required: tuple[str, ...], optional: tuple[str, ...]) -> SqlFile:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    comment = []
    for line in lines:
        if not line.startswith("--"):
            break
        comment.append(line[2:].removeprefix(" "))
    where = path.name
    try:
        header = yaml.load("\n".join(comment), Loader=yaml.CSafeLoader)  # three hundred headers
    except yaml.MarkedYAMLError as error:
        line_number = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SqlFileError(f"{where} line {line_number}: the header is not YAML: {error.problem}") from None
    if not isinstance(header, dict):
        raise SqlFileError(f"{where} line 1: the file must begin with a header of `-- key: value` lines")
    if missing := [key for key in required if key not in header]:
        raise SqlFileError(f"{where} line 1: the header lacks {', '.join(missing)}")
    for key in header:
        if key not in (*required, *optional):
            line_number = next(i for i, line in enumerate(comment, 1) if line.startswith(f"{key}:"))
            raise SqlFileError(f"{where} line {line_number}: the header key {key} is not known here")
    select = "\n".join(lines[len(comment) :]).strip()
    file = SqlFile(path, header, select, hashlib.sha256(text.encode()).hexdigest(), *_parsed(where, select))
    said = header.get("columns", {})
    if not isinstance(said, dict) or not all(isinstance(text, str) for text in said.values()):
        raise SqlFileError(f"{where}: columns is a line `name: description` for each column")
    if unknown := [name for name in said if name not in file.columns]:
        raise SqlFileError(f"{where}: columns describes {', '.join(unknown)}, which the select does not return")
    return file


def _parsed(where: str, select: str) -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    """The tables that a select reads, the columns it returns, and the words before a bracket: functions among them."""
    dialect = Dialect.get_or_raise("postgres")
    try:
        tokens = dialect.tokenize(select)
        statements = dialect.parser().parse(tokens, select)
    except sqlglot.errors.SqlglotError as error:
        raise SqlFileError(f"{where}: the SQL cannot be read: {str(error).splitlines()[0]}") from None
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise SqlFileError(f"{where}: one select is wanted, without a semicolon after it")
    if statements[0].find(*_WRITES):
        raise SqlFileError(f"{where}: a select is wanted that reads alone: it writes or locks")
    if _ESCAPED_NAME.search(select):
        raise SqlFileError(f"{where}: write names and texts as they are, not with U& and escapes")
    names = set()
    local = {cte.alias for cte in statements[0].find_all(exp.CTE)}
    for found in statements[0].find_all(exp.Table):
        if found.db:
            raise SqlFileError(f"{where}: {found.db}.{found.name} names a schema; the search path says which is meant")
        if isinstance(found.this, exp.Identifier) and found.name not in local:
            names.add(found.name)
    calls = {word.text.lower() for word, after in itertools.pairwise(tokens) if after.token_type == TokenType.L_PAREN}
    return frozenset(names), tuple(statements[0].named_selects), frozenset(calls)


def folder(kind: str, local: Path, required: Iterable[str], optional: Iterable[str] = ()) -> list[SqlFile]:
    """The files of `sql/<kind>` and of the `<kind>` folder in the council's own folder, by name.

    Raises:
        SqlFileError: two files have one name.
    """
    required, optional = tuple(required), tuple(optional)
    found: dict[str, SqlFile] = {}
    for root in (SQL / kind, local / kind):
        for path in sorted(root.rglob("*.sql"), key=str):
            file = read(path, required, optional)
            if file.name in found:
                raise SqlFileError(f"{file.label} and {found[file.name].label} have one name")
            found[file.name] = file
    return list(found.values())


def years(file: SqlFile) -> tuple[int, int | None]:
    """The first and the last year of `years` in a header; no last one where it still holds.

    Raises:
        SqlFileError: it is not {first: year} with an optional last.
    """
    said = file.header["years"]
    if not isinstance(said, dict) or not {"first"} <= set(said) <= {"first", "last"}:
        raise SqlFileError(f"{file.label}: years is written {{first: 2025}}, with last where it ended")
    return said["first"], said.get("last")


def ordered(files: Sequence[SqlFile], known: AbstractSet[str]) -> list[SqlFile]:
    """The files so that each stands after those it reads.

    Args:
        files: the files to order; each makes a table of its own name.
        known: tables that are there without them.

    Raises:
        SqlFileError: a file reads a table that neither is known nor made, or files read each other in a ring.
    """
    by_name = {file.name: file for file in files}
    for file in files:
        if file.name in known:
            raise SqlFileError(f"{file.label}: {file.name} is the name of a source table")
        if unknown := file.reads - known - by_name.keys():
            raise SqlFileError(f"{file.label} reads {', '.join(sorted(unknown))}, which nothing makes")
    graph = graphlib.TopologicalSorter({f.name: sorted(f.reads & by_name.keys()) for f in files})
    try:
        return [by_name[name] for name in graph.static_order()]
    except graphlib.CycleError as error:
        raise SqlFileError(f"these files read each other in a ring: {' -> '.join(error.args[1])}") from None


def needed(names: frozenset[str], files: Sequence[SqlFile]) -> frozenset[str]:
    """Every table that the named ones rest on, themselves included."""
    by_name = {file.name: file for file in files}
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        if name in by_name:
            waiting |= by_name[name].reads - found
    return frozenset(found)


def behind(reads: frozenset[str], made: Sequence[SqlFile]) -> list[SqlFile]:
    """The files that make what is read, and what that rests on, each after those it reads."""
    names = needed(reads, made)
    return [file for file in made if file.name in names]
