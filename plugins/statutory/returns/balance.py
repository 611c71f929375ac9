"""Whether two census years balance: in post last year + starters - leavers = in post this year, in people and FTE.

A person is a registration number, without one the worker's id, without either a record alone. People who stayed count
with their change in hours according to this year's return. A difference is where the two returns disagree; each is
explained by named people.
"""

from dataclasses import dataclass
from decimal import Decimal

from psycopg import sql

from statutory import sqlfile
from statutory.errors import StatutoryError
from statutory.night import Night, use_night
from statutory.paths import SQL
from statutory.postgres import is_there
from statutory.returns import build, layout
from statutory.returns.definition import Collection
from statutory.sqlfile import SqlFile
from statutory.warehouse.connection import Connection


@dataclass(frozen=True)
class Line:
    """One line of the balance for employed or agency workers: people and FTE; leavers are negative."""

    kind: str
    name: str
    people: int
    fte: Decimal


@dataclass(frozen=True)
class Person:
    """A person behind a difference or a change of hours.

    `people` and `fte` are their share of the difference; both are 0 if only the hours changed (`hours_changed`).
    """

    kind: str
    swe_number: str | None
    worker_id: str | None
    reason: str
    people: int
    fte: Decimal
    hours_changed: Decimal


@dataclass(frozen=True)
class Balance:
    """The lines of a balance and the people behind its differences and changed hours, by kind and reason."""

    lines: list[Line]
    people: list[Person]


def balance(connection: Connection, return_id: str) -> Balance:
    """The balance of the return to which the search path points and its `<Module>_last`.

    Raises:
        StatutoryError: the return has no balance.
    """
    person, lines = _file(return_id, "balance_person"), _file(return_id, "balance")
    connection.execute(f"create temporary table balance_person on commit drop as {person.select}")
    people = connection.execute(
        """
        select kind, SWENo, worker_id, reason, people_difference, fte_difference, fte_changed from balance_person
        where reason is not null order by kind desc, people_difference = 0, fte_difference = 0, reason, person
        """
    ).fetchall()
    found = Balance(
        [Line(kind, name, int(n), fte) for kind, name, n, fte in connection.execute(lines.select)],
        [Person(*row) for row in people],
    )
    connection.execute("drop table balance_person")
    return found


def point_at_both(night: Night, chosen: Collection) -> str:
    """Let table names mean a return built from a night and, as `<Module>_last`, the return of the year before.

    That is the one that was submitted, or what the same night tells of that year. A return that is not built yet is
    built in the transaction, which is for the caller to roll back.

    Returns:
        Where the return of the year before came from, in words.

    Raises:
        StatutoryError: there is no collection before it.
        WarehouseError: the night is not built.
    """
    use_night(night)
    before = chosen.return_.before(chosen)
    if before is None:
        raise StatutoryError(f"{chosen.label} has no collection before it to balance with")
    submitted = build.submitted_schema(before)
    is_submitted = is_there(night.connection, submitted)
    for one in (chosen,) if is_submitted else (before, chosen):
        if not is_there(night.connection, one.schema(night.day)):
            build.build_return(night, one)
    build.point_at(night, chosen)
    source = submitted if is_submitted else before.schema(night.day)
    for module in layout.modules(chosen.return_):
        night.connection.execute(
            sql.SQL("create or replace temporary view {} as select * from {}").format(
                sql.Identifier(f"{module}{layout.LAST}".lower()), sql.Identifier(source, module.lower())
            )
        )
    return "as it was submitted" if is_submitted else f"as the night {night.day} has it"


def _file(return_id: str, name: str) -> SqlFile:
    path = SQL / "statistics" / return_id / f"{name}.sql"
    if not path.is_file():
        raise StatutoryError(f"there is no balance of {return_id}: it needs {path.relative_to(SQL.parent)}")
    return sqlfile.read(path, build.HEADER)
