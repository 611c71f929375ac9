"""Extract a source into the night's landing schema, text as it came.

A byte order mark, reordered columns, other columns and differing case are accepted and recorded with the batch;
anything else ends in one SourceError and lands nothing.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg
from psycopg import sql

from statutory.errors import SourceError
from statutory.sources import contract, mapping
from statutory.sources.contract import Table
from statutory.sources.delivery import BOM, Delivery, Received, delivery
from statutory.sources.folder import is_awaited
from statutory.sources.mapping import Part
from statutory.warehouse import coerce
from statutory.warehouse.connection import Connection

STAMP = "source_updated_at"


def landing_schema(night: date) -> str:
    """The schema that holds what came for a night."""
    return f"landing_{night:%Y_%m_%d}"


def make_landing(connection: Connection, night: date) -> None:
    """Make the landing schema of a night when it is not there."""
    connection.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(landing_schema(night))))


def extract_source(connection: Connection, source: str, folder: Path, night: date, run: int) -> list[int]:
    """Copy every table of a source into landing, replacing what landed for that night before.

    Returns:
        The ids of the batches, one a table; a table the council does not supply has none.

    Raises:
        SourceError: a file or a column is absent, a row is ragged or the encoding is wrong; names file and column.
        UnreachableError: the source's database does not answer.
    """
    if is_awaited(source) and not (folder / f"{night:%Y-%m-%d}" / source).is_dir():
        raise SourceError(f"{source}: the folder {night:%Y-%m-%d}/{source} is not there")
    with delivery(source, folder, night) as handed:
        found = [extract_table(connection, table, handed, run) for table in contract.tables_of(source)]
    return [landed.batch for landed in found if landed is not None]


@dataclass(frozen=True)
class Landed:
    """One table in landing: its batch, and the columns of what came that go into no column of it."""

    batch: int
    unmapped: tuple[str, ...]


def extract_table(connection: Connection, table: Table, handed: Delivery, run: int) -> Landed | None:
    """Copy one table into landing; None when the council does not supply it; errors as above."""
    make_landing(connection, handed.night)
    received = handed.of(table)
    if not received:
        return None
    batch = _open_batch(connection, table, handed.night, run, is_shipped=handed.is_shipped(table))
    land = _land_mapped if handed.is_mapped(table) else _land
    return land(connection, table, received, handed.night, batch)


def _land(connection: Connection, table: Table, received: list[Received], night: date, batch: int) -> Landed:
    """What has the contract's own names lands as it is, columns beyond the contract too."""
    (one,) = received
    columns, remarks = _known_columns(table, one)
    beyond = tuple(c for c in columns if c not in table.column_names)
    if beyond:
        remarks.append(f"{len(beyond)} columns beyond the contract")
    relation = _landing_table(connection, table, columns, night, batch)
    _close_batch(connection, table, relation, batch, [_copy(connection, relation, columns, one)], remarks)
    return Landed(batch, beyond)


def _land_mapped(connection: Connection, table: Table, received: list[Received], night: date, batch: int) -> Landed:
    """Each part as it is into a table of its own, then by one select a part into the table of the contract."""
    relation = _landing_table(connection, table, list(table.column_names), night, batch)
    taken, remarks, unmapped = [], [], []
    raw = sql.Identifier("pg_temp", "raw")
    for one in received:
        part = one.part or Part(file=one.name)
        mapping.check(one.columns, part, one.name)
        numbered = [f"c{n}" for n in range(len(one.columns))]
        columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(c)) for c in numbered)
        connection.execute(
            sql.SQL("create temp table raw ({}, source_row bigint generated always as identity)").format(columns)
        )
        taken.append(_copy(connection, raw, numbered, one))
        connection.execute(
            sql.SQL("insert into {} ({}) select {} from {} order by source_row").format(
                relation,
                sql.SQL(", ").join(map(sql.Identifier, table.column_names)),
                sql.SQL(", ").join(mapping.expressions(table, part, one.columns)),
                raw,
            )
        )
        connection.execute("drop table pg_temp.raw")
        unused = mapping.unused(table, part, one.columns)
        unmapped += [f"{part.label}: {column}" for column in unused]
        remarks.append(f"from {part.label}" + (f", {len(unused)} columns not mapped" if unused else ""))
    _close_batch(connection, table, relation, batch, taken, remarks)
    return Landed(batch, tuple(unmapped))


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


def _copy(connection: Connection, relation: sql.Identifier, columns: list[str], one: Received) -> tuple[str, int, int]:
    """COPY a CSV with a header row: its sha256, bytes and rows."""
    digest, size = hashlib.sha256(), 0
    part = one.part
    statement = sql.SQL("copy {} ({}) from stdin (format csv, header true, encoding {}, delimiter {})").format(
        relation,
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.Literal(part.encoding if part and part.file else "utf8"),
        sql.Literal(part.delimiter if part and part.file else ","),
    )
    try:
        with connection.cursor() as cursor:
            with cursor.copy(statement) as copy:
                for block in one.blocks:
                    digest.update(block)
                    copy.write(block.removeprefix(BOM) if not size else block)
                    size += len(block)
            return digest.hexdigest(), size, cursor.rowcount
    except psycopg.DataError as error:
        raise SourceError(_plain(one.name, error)) from None


def _close_batch(  # noqa: PLR0917
    connection: Connection, table: Table, relation: sql.Identifier, batch: int, taken: list[tuple[str, int, int]],
    remarks: list[str],
) -> None:  # fmt: skip
    """Write what was taken; of several files the sha256 is that of theirs, one after the other."""
    sums = [digest for digest, _, _ in taken]
    digest = sums[0] if len(sums) == 1 else hashlib.sha256("".join(sums).encode()).hexdigest()
    rows = sum(rows for _, _, rows in taken)
    connection.execute(
        "update ops.batch set sha256 = %s, bytes = %s, rows = %s, remarks = %s where batch_id = %s",
        (digest, sum(size for _, size, _ in taken), rows, remarks, batch),
    )
    if STAMP in table.column_names:
        newest = sql.SQL("max({})").format(sql.SQL(coerce.typed(table.column(STAMP), "")))
        connection.execute(
            sql.SQL("update ops.batch set newest_change = (select {} from {}) where batch_id = %s").format(
                newest, relation
            ),
            (batch,),
        )
    if not rows and not table.may_be_empty:
        raise SourceError(f"{table.source}/{table.name} has a header and no row; {table.name} is never empty")


def _known_columns(table: Table, one: Received) -> tuple[list[str], list[str]]:
    """The columns of what came, in lower case, and what is to be remarked of them."""
    remarks = ["byte order mark"] if one.has_mark else []
    columns = [column.lower() for column in one.columns]
    if missing := [c for c in table.column_names if c not in columns]:
        raise SourceError(f"{one.name} lacks the column {', '.join(missing)}")
    if doubled := sorted({c for c in columns if columns.count(c) > 1}):
        raise SourceError(f"{one.name} has the column {', '.join(doubled)} more than once")
    if reserved := {"batch_id", "source_row"} & set(columns):
        raise SourceError(f"{one.name}: the column {', '.join(sorted(reserved))} has a name that landing uses itself")
    if columns != one.columns:
        remarks.append("column names in another case")
    known = [c for c in columns if c in table.column_names]
    if known != list(table.column_names):
        remarks.append("columns in another order")
    return columns, remarks


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
