"""Extract a source from a folder of CSV files into the night's landing schema, text as it came.

Layout: `<folder>/<night>/<source>/<table>.csv`, UTF-8, header row. A byte order mark, reordered columns, other columns
and differing case are accepted and recorded with the batch; anything else ends in one SourceError and lands nothing.
"""

import csv
import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
from psycopg import sql

from statutory.errors import SourceError
from statutory.paths import SQL
from statutory.settings import settings
from statutory.sources import contract, mapping
from statutory.sources.contract import Table
from statutory.warehouse.connection import Connection

BLOCK = 1 << 20
BOM = b"\xef\xbb\xbf"


def landing_schema(night: date) -> str:
    """The schema that holds what came for a night."""
    return f"landing_{night:%Y_%m_%d}"


def make_landing(connection: Connection, night: date) -> None:
    """Make the landing schema of a night when it is not there."""
    connection.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(landing_schema(night))))


def extract_source(connection: Connection, source: str, folder: Path, night: date, run: int) -> list[int]:
    """Copy every table of a source into landing, replacing what landed for that night before.

    A table that the council's mapping of the source names comes from the files and columns that it says.

    Returns:
        The ids of the batches, one a table; a table the council does not supply has none.

    Raises:
        SourceError: a file or a column is absent, a row is ragged or the encoding is wrong; names file and column.
    """
    directory = folder / f"{night:%Y-%m-%d}" / source
    if not directory.is_dir() and source != "reference":
        raise SourceError(f"{source}: the folder {night:%Y-%m-%d}/{source} is not there")
    mapped = mapping.read(source)
    found = (extract_table(connection, table, directory, night, run, mapped) for table in contract.tables_of(source))
    return [batch for batch in found if batch is not None]


def extract_table(  # noqa: PLR0917
    connection: Connection, table: Table, directory: Path, night: date, run: int, mapped: mapping.Mapping
) -> int | None:
    """Copy one table into landing: its batch, or None when the council does not supply it; errors as above."""
    make_landing(connection, night)
    path = directory / f"{table.name}.csv"
    if table.name in mapped:
        return _land_mapped(connection, table, mapped[table.name], directory, night, run)
    if path.exists():
        return _land(connection, table, path, night, run, is_shipped=False)
    if table.shipped:
        return _land(connection, table, SQL / "ref" / f"{table.name}.csv", night, run, is_shipped=True)
    if table.name not in settings().unsupplied:
        raise SourceError(
            f"{table.source}/{table.name}.csv is not there; supply it, map it, or name {table.name} in the setting"
            " `unsupplied`"
        )
    return None


def _land(connection: Connection, table: Table, path: Path, night: date, run: int, *, is_shipped: bool) -> int:
    name = f"{table.source}/{table.name}.csv"
    header, remarks = _header(table, path, name)
    batch = _open_batch(connection, table, night, run, is_shipped=is_shipped)
    columns = [c for c in header if c in table.column_names]
    if len(columns) != len(header):
        remarks.append(f"{len(header) - len(columns)} columns beyond the contract")
    # Columns beyond the contract land too, so that the file is there as it was received.
    relation = _landing_table(connection, table, header, night, batch)
    taken = _copy(connection, relation, header, path, name)
    _close_batch(connection, table, batch, [taken], remarks)
    return batch


def _land_mapped(  # noqa: PLR0917
    connection: Connection, table: Table, parts: list[mapping.Part], directory: Path, night: date, run: int
) -> int:
    """Each file as it is into a table of its own, then by one select a file into the table of the contract."""
    batch = _open_batch(connection, table, night, run, is_shipped=False)
    relation = _landing_table(connection, table, list(table.column_names), night, batch)
    taken, remarks = [], []
    raw = sql.Identifier("pg_temp", "raw")
    for part in parts:
        name = f"{table.source}/{part.file}"
        header = mapping.header(directory / part.file, part, name)
        numbered = [f"c{n}" for n in range(len(header))]
        columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(c)) for c in numbered)
        connection.execute(
            sql.SQL("create temp table raw ({}, source_row bigint generated always as identity)").format(columns)
        )
        taken.append(
            _copy(
                connection, raw, numbered, directory / part.file, name, encoding=part.encoding, delimiter=part.delimiter
            )
        )
        expressions = mapping.expressions(table, part, header)
        connection.execute(
            sql.SQL("insert into {} ({}) select {} from {} order by source_row").format(
                relation,
                sql.SQL(", ").join(map(sql.Identifier, table.column_names)),
                sql.SQL(", ").join(expressions),
                raw,
            )
        )
        connection.execute("drop table pg_temp.raw")
        unused = mapping.unused(table, part, header)
        remarks.append(f"from {part.file}" + (f", {len(unused)} columns not mapped" if unused else ""))
    _close_batch(connection, table, batch, taken, remarks)
    return batch


def _open_batch(connection: Connection, table: Table, night: date, run: int, *, is_shipped: bool) -> int:
    ((batch,),) = connection.execute(
        """
        insert into ops.batch (run_id, night, source, table_name, is_shipped, sha256, bytes, rows)
        values (%s, %s, %s, %s, %s, '', 0, 0) returning batch_id
        """,
        (run, night, table.source, table.name, is_shipped),
    )
    return int(batch)


def _landing_table(connection: Connection, table: Table, columns: list[str], night: date, batch: int) -> sql.Identifier:
    relation = sql.Identifier(landing_schema(night), table.name)
    connection.execute(
        sql.SQL(
            "drop table if exists {0}; create table {0} ({1}, batch_id bigint not null default {2},"
            " source_row bigint generated always as identity)"
        ).format(
            relation,
            sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(c)) for c in columns),
            sql.Literal(batch),
        )
    )
    return relation


def _copy(
    connection: Connection, relation: sql.Identifier, columns: list[str], path: Path, name: str,
    *, encoding: str = "utf8", delimiter: str = ",",
) -> tuple[str, int, int]:  # fmt: skip
    """COPY a file with a header row: its sha256, bytes and rows."""
    digest, size = hashlib.sha256(), 0
    statement = sql.SQL("copy {} ({}) from stdin (format csv, header true, encoding {}, delimiter {})").format(
        relation, sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Literal(encoding), sql.Literal(delimiter)
    )
    try:
        with connection.cursor() as cursor:
            with cursor.copy(statement) as copy:
                for block in _blocks(path):
                    digest.update(block)
                    copy.write(block.removeprefix(BOM) if not size else block)
                    size += len(block)
            return digest.hexdigest(), size, cursor.rowcount
    except psycopg.DataError as error:
        raise SourceError(_plain(name, error)) from None


def _close_batch(
    connection: Connection, table: Table, batch: int, taken: list[tuple[str, int, int]], remarks: list[str]
) -> None:
    """Write what was taken; of several files the sha256 is that of theirs, one after the other."""
    sums = [digest for digest, _, _ in taken]
    digest = sums[0] if len(sums) == 1 else hashlib.sha256("".join(sums).encode()).hexdigest()
    rows = sum(rows for _, _, rows in taken)
    connection.execute(
        "update ops.batch set sha256 = %s, bytes = %s, rows = %s, remarks = %s where batch_id = %s",
        (digest, sum(size for _, size, _ in taken), rows, remarks, batch),
    )
    if not rows and not table.may_be_empty:
        raise SourceError(f"{table.source}/{table.name} has a header and no row; {table.name} is never empty")


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def _header(table: Table, path: Path, name: str) -> tuple[list[str], list[str]]:
    with path.open("rb") as file:
        first = file.readline()
    remarks = ["byte order mark"] if first.startswith(BOM) else []
    try:
        raw = next(csv.reader([first.decode("utf-8-sig")]), [])
    except UnicodeDecodeError:
        raise SourceError(f"{name}: the header is not UTF-8; write the file in UTF-8") from None
    header = [column.strip().lower() for column in raw]
    if not any(header):
        raise SourceError(f"{name} has no header row")
    if any("\0" in column for column in header):
        raise SourceError(f"{name}: the header holds a NUL byte")
    if missing := [c for c in table.column_names if c not in header]:
        raise SourceError(f"{name} lacks the column {', '.join(missing)}")
    if doubled := sorted({c for c in header if header.count(c) > 1}):
        raise SourceError(f"{name} has the column {', '.join(doubled)} more than once")
    if reserved := {"batch_id", "source_row"} & set(header):
        raise SourceError(f"{name}: the column {', '.join(sorted(reserved))} has a name that landing uses itself")
    if header != [column.strip() for column in raw]:
        remarks.append("column names in another case")
    known = [c for c in header if c in table.column_names]
    if known != list(table.column_names):
        remarks.append("columns in another order")
    return header, remarks


def _plain(name: str, error: psycopg.Error) -> str:
    """What went wrong and on which line; PostgreSQL's own text would show the row."""
    line = re.search(r"line (\d+)", error.diag.context or "")
    where = f"{name} line {line[1]}" if line else name
    primary = error.diag.message_primary or ""
    if error.sqlstate == "22021":
        what = "holds a NUL byte" if "0x00" in primary else "is not UTF-8; write the file in UTF-8"
    elif "missing data for column" in primary:
        what = f"ends before the column {primary.split(chr(34))[1]}"
    elif "extra data after last expected column" in primary:
        what = "has more values than the header has columns"
    elif "unterminated CSV quoted field" in primary:
        what = "ends inside a quoted value; the file seems to be cut"
    else:
        what = "is no CSV that can be read"
    return f"{where} {what}"
