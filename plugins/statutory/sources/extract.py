"""Extract a source into the night's landing schema, text as it came but for white space beyond ASCII.

Reordered columns, other columns, differing case, and columns that are not required and not there are accepted and
recorded with the batch; any other fault raises one SourceError that names all faults of the source's files, and nothing
is landed.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from statutory.errors import SourceError
from statutory.night import Night
from statutory.postgres import Connection
from statutory.sources import canonical, contract, mapping
from statutory.sources.contract import Table
from statutory.sources.delivery import Delivery, Received, delivery
from statutory.sources.folder import is_awaited, reading
from statutory.sources.mapping import Part
from statutory.sources.reading import Csv

STAMP = "source_updated_at"
ROWS_AT_ONCE = 5000


def make_landing(night: Night) -> None:
    """Make the landing schema of a night when it is not there."""
    night.connection.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(night.landing)))


def extract_source(night: Night, source: str, folder: Path, run: int) -> list[int]:
    """Copy every table of a source into landing, replacing what landed for that night before.

    Returns:
        The ids of the batches, one a table; a table the council does not supply has none.

    Raises:
        SourceError: files or columns are absent, rows are ragged, an encoding is wrong; names each file with its fault.
        UnreachableError: the source's database does not answer.
    """
    with reading():
        if is_awaited(night.council, source) and not (folder / f"{night.day:%Y-%m-%d}" / source).is_dir():
            raise SourceError(f"{source}: the folder {night.day:%Y-%m-%d}/{source} is not there")
    batches, faults = [], []
    with delivery(night, source, folder) as handed:
        for table in contract.tables_of(source):
            night.connection.execute("savepoint before_table")
            try:
                landed = extract_table(table, handed, run)
            except SourceError as error:
                night.connection.execute("rollback to savepoint before_table")
                faults.append(str(error))
                continue
            if landed:
                batches.append(landed.batch)
    if faults:
        raise SourceError(_said_once(faults))
    return batches


def _said_once(faults: list[str]) -> str:
    """The faults of a source's files in one sentence; files with the same fault are listed together."""
    names: dict[str, list[str]] = {}
    for fault in faults:
        name, cannot, reason = fault.partition(" cannot ")
        names.setdefault(cannot + reason, []).append(name)
    alone = names.pop("", [])
    return "; ".join([*(", ".join(named) + reason for reason, named in names.items()), *alone])


@dataclass(frozen=True)
class Landed:
    """One table in landing: its batch, the columns that are not used, and the missing columns."""

    batch: int
    unmapped: tuple[str, ...]
    missing: tuple[str, ...] = ()


@reading()
def extract_table(table: Table, handed: Delivery, run: int) -> Landed | None:
    """Copy one table into landing; None when the council does not supply it; errors as above."""
    make_landing(handed.night)
    received = handed.of(table)
    if not received:
        return None
    batch = _open_batch(handed.night, table, run, is_shipped=handed.is_shipped(table))
    land = _land_mapped if handed.is_mapped(table) else _land
    return land(handed.night, table, received, batch)


def _land(night: Night, table: Table, received: list[Received], batch: int) -> Landed:
    """Columns with the contract's names are landed in any order; others are ignored."""
    ((_, csv_),) = received
    places, missing, remarks = _known_columns(table, csv_)
    beyond = tuple(c for n, c in enumerate(csv_.columns) if c and n not in places.values())
    relation = _landing_table(night, table, batch)
    rows = ([row[place] for place in places.values()] for row in csv_.rows())
    count = _copy(night.connection, relation, list(places), rows)
    if beyond:
        remarks.append(f"{len(beyond)} columns beyond the contract")
    _close_batch(night.connection, table, relation, batch, [csv_], count, csv_.remarks + remarks)
    _warn_of_missing(night.connection, table, batch, missing)
    return Landed(batch, beyond, tuple(missing))


def _land_mapped(night: Night, table: Table, received: list[Received], batch: int) -> Landed:
    """Each part as it is into a table of its own, then by one select a part into the table of the contract."""
    relation = _landing_table(night, table, batch)
    count, remarks, unmapped = 0, [], []
    missing = list(table.column_names)
    raw = sql.Identifier("pg_temp", "raw")
    for given, csv_ in received:
        part = given or Part(file=csv_.name)
        mapping.check(csv_.columns, part, csv_.name)
        absent = mapping.absent(table, part, csv_.columns)
        if lacks := [name for name in absent if table.column(name).key]:
            raise SourceError(
                f"{csv_.name} lacks the column {', '.join(lacks)} of the key; name the file's own column"
                f" in the mapping, or its delimiter: the header is read as {len(csv_.columns)} columns"
            )
        missing = [name for name in missing if name in absent]
        numbered = [f"c{n}" for n in range(len(csv_.columns))]
        columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(c)) for c in numbered)
        night.connection.execute(
            sql.SQL("create temp table raw ({}, source_row bigint generated always as identity)").format(columns)
        )
        count += _copy(night.connection, raw, numbered, csv_.rows())
        night.connection.execute(
            sql.SQL("insert into {} ({}) select {} from {} order by source_row").format(
                relation,
                sql.SQL(", ").join(map(sql.Identifier, table.column_names)),
                sql.SQL(", ").join(mapping.expressions(table, part, csv_.columns)),
                raw,
            )
        )
        night.connection.execute("drop table pg_temp.raw")
        unused = mapping.unused(table, part, csv_.columns)
        unmapped += [f"{part.label}: {column}" for column in unused]
        remarks += [f"from {part.label}" + (f", {len(unused)} columns not mapped" if unused else ""), *csv_.remarks]
    _close_batch(night.connection, table, relation, batch, [csv_ for _, csv_ in received], count, remarks)
    _warn_of_missing(night.connection, table, batch, missing)
    return Landed(batch, tuple(unmapped), tuple(missing))


def _open_batch(night: Night, table: Table, run: int, *, is_shipped: bool) -> int:
    ((batch,),) = night.connection.execute(
        """
        insert into ops.batch (run_id, night, source, table_name, is_shipped, sha256, bytes, rows)
        values (%s, %s, %s, %s, %s, '', 0, 0) returning batch_id
        """,
        (run, night.day, table.source, table.name, is_shipped),
    )
    return int(batch)


def _landing_table(night: Night, table: Table, batch: int) -> sql.Identifier:
    relation = sql.Identifier(night.landing, table.name)
    night.connection.execute(
        sql.SQL(
            "drop table if exists {0}; create table {0} ({1}, batch_id bigint not null default {2},"
            " source_row bigint generated always as identity)"
        ).format(
            relation,
            sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(c)) for c in table.column_names),
            sql.Literal(batch),
        )
    )
    return relation


def _copy(connection: Connection, relation: sql.Identifier, columns: list[str], rows: Iterable[list[str]]) -> int:
    """COPY rows of text, an empty one as null; their number."""
    statement = sql.SQL("copy {} ({}) from stdin (format csv, null '', force_null ({}))").format(
        relation, *[sql.SQL(", ").join(map(sql.Identifier, columns))] * 2
    )
    with connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            for block in _written(rows):
                copy.write(block)
        return cursor.rowcount


def _written(rows: Iterable[list[str]]) -> Iterator[str]:
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    for n, row in enumerate(rows, 1):
        write(row)
        if n % ROWS_AT_ONCE == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _close_batch(  # noqa: PLR0917
    connection: Connection, table: Table, relation: sql.Identifier, batch: int, taken: list[Csv], rows: int,
    remarks: list[str],
) -> None:  # fmt: skip
    """Write what was taken; of several files the sha256 is that of theirs, one after the other."""
    sums = [csv_.sha256 for csv_ in taken]
    digest = sums[0] if len(sums) == 1 else hashlib.sha256("".join(sums).encode()).hexdigest()
    connection.execute(
        "update ops.batch set sha256 = %s, bytes = %s, rows = %s, remarks = %s where batch_id = %s",
        (digest, sum(csv_.size for csv_ in taken), rows, remarks, batch),
    )
    if STAMP in table.column_names:
        newest = sql.SQL("max({})").format(sql.SQL(canonical.typed(table.column(STAMP), "")))
        connection.execute(
            sql.SQL("update ops.batch set newest_change = (select {} from {}) where batch_id = %s").format(
                newest, relation
            ),
            (batch,),
        )
    if not rows and not table.may_be_empty:
        raise SourceError(f"{table.source}/{table.name} has a header but no rows; {table.name} must not be empty")


def _known_columns(table: Table, csv_: Csv) -> tuple[dict[str, int], list[str], list[str]]:
    """The place of each column of the contract in what came, those that are not there, and what is to be remarked.

    Raises:
        SourceError: a column that is part of the key or always required is not there, or one is there twice.
    """
    written = [column.lower() for column in csv_.columns]
    places: dict[str, int] = {}
    missing, lacks, doubled = [], [], []
    for column in table.columns:
        found = [n for n, name in enumerate(written) if name == column.name]
        found = found or [n for n, name in enumerate(written) if name in column.also_called]
        if len(found) > 1:
            doubled.append(column.name)
        elif found:
            places[column.name] = found[0]
        elif column.key or column.required == "always":
            lacks.append(column.name)
        else:
            missing.append(column.name)
    if lacks:
        also = f" (and {', '.join(missing)}, without which it would be taken)" if missing else ""
        one = "; its header is a single column: say its delimiter in the mapping" if len(csv_.columns) == 1 else ""
        raise SourceError(f"{csv_.name} lacks the column {', '.join(lacks)}{also}{one}")
    if doubled:
        raise SourceError(f"{csv_.name} has the column {', '.join(doubled)} more than once")
    remarks = []
    if any(csv_.columns[place] != written[place] for place in places.values()):
        remarks.append("column names in another case")
    if list(places.values()) != sorted(places.values()):
        remarks.append("columns in another order")
    return places, missing, remarks


def _warn_of_missing(connection: Connection, table: Table, batch: int, missing: list[str]) -> None:
    """Count a column that is not required and not there as a warning of the batch."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into quality.expectation_result (batch_id, table_name, check_id, severity, passed, failures, fix)"
            " values (%s, %s, %s, 'warning', false, 1, %s)",
            [
                (
                    batch,
                    table.name,
                    f"{table.name}/{column}/missing",
                    f"The file has no column {column}: send it, or map it to one of your columns.",
                )
                for column in missing
            ],
        )
