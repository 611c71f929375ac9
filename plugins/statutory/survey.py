"""Preview of a night's extracts: what is there, what is missing, and which figures that affects."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from statutory import sqlfile
from statutory.errors import SourceError
from statutory.indicators.definition import indicators
from statutory.night import Night
from statutory.paths import SQL
from statutory.returns import build as returns
from statutory.sources import canonical, contract
from statutory.sources.contract import Column, Table
from statutory.sources.delivery import Delivery, delivery
from statutory.sources.extract import Landed, extract_table
from statutory.warehouse.build import marts


@dataclass(frozen=True)
class Found:
    """One table of a source as the night's files have it.

    `state` is found, mapped, shipped, not supplied, missing, or broken: it arrived but cannot be loaded. `filled` is
    the share of cells that say something, in percent; `absent` the columns that did not come; `empty` those that came
    with nothing in them; `unmapped` those of files that go nowhere; `unknown_codes`, `untyped` and `placeholders` count
    by column the rows whose code is not known, whose value cannot be read, and whose identity is written as not known;
    `remarks` is what was unusual of the files; `costs` is what has no source without the table.
    """

    table: Table
    state: str
    reason: str | None
    rows: int
    filled: float
    absent: tuple[str, ...]
    empty: tuple[str, ...]
    unmapped: tuple[str, ...]
    unknown_codes: dict[str, int]
    untyped: dict[str, int]
    placeholders: dict[str, int]
    remarks: tuple[str, ...]
    costs: tuple[str, ...]


def survey(night: Night, source: str, folder: Path) -> Iterator[Found]:
    """Read every table of a source; the caller rolls the transaction back, so that nothing stays.

    Raises:
        SourceError: the mapping of the source cannot be read.
    """
    ((run,),) = night.connection.execute(
        "insert into ops.run (dag_run_id, night) values (gen_random_uuid()::text, %s) returning run_id", (night.day,)
    )
    costs = _costs(night.council.local)
    with delivery(night, source, folder) as handed:
        for table in contract.tables_of(source):
            night.connection.execute("savepoint before_table")
            reason, landed = None, None
            try:
                landed = extract_table(table, handed, run)
                state = _state(handed, table) if landed else "not supplied"
            except SourceError as error:
                night.connection.execute("rollback to savepoint before_table")
                state, reason = "broken" if handed.is_there(table) else "missing", str(error)
            if landed is None:
                yield Found(table, state, reason, 0, 0, (), (), (), {}, {}, {}, (), costs.get(table.name, ()))
            else:
                yield _found(night, table, state, landed)


def _state(handed: Delivery, table: Table) -> str:
    if handed.is_mapped(table):
        return "mapped"
    return "shipped" if handed.is_shipped(table) else "found"


def _found(night: Night, table: Table, state: str, landed: Landed) -> Found:
    relation = sql.Identifier(night.landing, table.name)

    def count(condition: str) -> sql.SQL:
        return sql.SQL(f"count(*) filter (where {condition})")

    coded = [c for c in table.columns if c.code_list and c.type != "boolean"]
    typed = [c for c in table.columns if c.type != "text" or canonical.is_bounded(c)]
    identities = [c for c in table.columns if c.identifies]
    counts = [count(f"{canonical.text(c, '')} is not null") for c in table.columns]
    counts += [count(canonical.is_unknown_code(c, "")) for c in coded]
    counts += [count(canonical.is_rejected(c, "")) for c in typed]
    counts += [count(canonical.is_placeholder(c, "")) for c in identities]
    ((rows, *numbers),) = night.connection.execute(
        sql.SQL("select count(*), {} from {}").format(sql.SQL(", ").join(counts), relation)
    )
    ((remarks,),) = night.connection.execute("select remarks from ops.batch where batch_id = %s", (landed.batch,))
    said, rest = numbers[: len(table.columns)], numbers[len(table.columns) :]
    unknown, rest = rest[: len(coded)], rest[len(coded) :]
    untyped, placeholders = rest[: len(typed)], rest[len(typed) :]
    filled = 100 * sum(said) / (rows * len(said)) if rows else 0
    empty = tuple(
        c.name for c, n in zip(table.columns, said, strict=True) if rows and not n and c.name not in landed.missing
    )
    codes, values, people = _some(coded, unknown), _some(typed, untyped), _some(identities, placeholders)
    return Found(
        table, state, None, rows, filled, landed.missing, empty, landed.unmapped, codes, values, people,
        tuple(remarks), (),
    )  # fmt: skip


def _some(columns: list[Column], counts: list[int]) -> dict[str, int]:
    return {column.name: n for column, n in zip(columns, counts, strict=True) if n}


def _costs(local: Path) -> dict[str, tuple[str, ...]]:
    """For each table, the indicators that show "no source" without it, and the return modules that read it."""
    found: dict[str, list[str]] = {}
    for indicator in indicators(local).values():
        for name in indicator.needs:
            found.setdefault(name, []).append(indicator.id)
    made = marts(local)
    for folder in sorted((SQL / "returns").iterdir()):
        for module in sqlfile.folder(f"returns/{folder.name}", local, returns.HEADER, returns.OPTIONAL):
            for name in sqlfile.needed(module.reads, made) & contract.tables().keys():
                found.setdefault(name, []).append(f"{folder.name} {returns.module_name(module)}")
    return {name: tuple(costs) for name, costs in found.items()}
