"""The journey of one child: all its events in the warehouse up to a night, for case audits.

Each file of `sql/journey/` tells one part and reads the one-row table `asked_child`. Ids of the child and of
professionals are pseudonyms unless requested; names and birth dates are never included.
"""

import functools
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from psycopg import sql

from statutory import sqlfile
from statutory.errors import StatutoryError
from statutory.night import Night, use_night
from statutory.sources import contract
from statutory.sqlfile import SqlFile
from statutory.warehouse import builder
from statutory.warehouse.roles import pseudonym

HEADER = ("title", "grain", "key", "sources")
COLUMNS = ("day", "until", "what", "detail", "record_id", "worker")
CODE = re.compile(r"\{([^:{}]+):([^{}]*)\}")  # how a file writes a code: {code list:code}


@dataclass(frozen=True)
class Event:
    """An event of one day, or from one day to another."""

    day: date
    until: date | None
    what: str
    detail: str
    record_id: str
    worker: str


@dataclass(frozen=True)
class Journey:
    """A child as it is shown, and its events, oldest first."""

    child: str
    events: list[Event]


def files(local: Path) -> list[SqlFile]:
    """The parts of a journey, the council's own among them."""
    return sqlfile.folder("journey", local, HEADER)


def journey(night: Night, child: str, *, identified: bool = False) -> Journey:
    """Everything that is known on a night of the child with an id, or with a pseudonym, as analysts know it.

    Raises:
        StatutoryError: the night knows no such child.
        WarehouseError: the night is not built.
    """
    use_night(night)
    found = night.connection.execute(
        sql.SQL("select child_id, {} from child where %(child)s in (child_id, {})").format(
            pseudonym(sql.Identifier("child_id")), pseudonym(sql.Identifier("child_id"))
        ),
        {"child": child},
    ).fetchone()
    if found is None:
        raise StatutoryError(f"no child {child} is known on the night {night.day}")
    child_id, hidden = found
    night.connection.execute("drop table if exists pg_temp.asked_child")
    night.connection.execute("create temporary table asked_child (child_id text not null) on commit drop")
    night.connection.execute("insert into asked_child values (%s)", (child_id,))
    night.connection.execute("drop table if exists pg_temp.event")
    for n, file in enumerate(files(night.council.local)):
        make = "insert into event " if n else "create temporary table event on commit drop as "
        builder.run(
            night.connection, file, sql.SQL(make + "select * from ") + builder.made_of(file) + sql.SQL(" as told")
        )
    told = night.connection.execute(_statement(identified=identified), {"night": night.day}).fetchall()
    events = [
        Event(day, until, what, CODE.sub(_label, detail or ""), record or "", worker or "")
        for day, until, what, detail, record, worker in told
    ]
    return Journey(child_id if identified else str(hidden), events)


def _statement(*, identified: bool) -> sql.Composed:
    """The events in the order of the days; what is planned for later than the night has not happened."""
    record: sql.Composable = sql.SQL("event.record_id")
    worker: sql.Composable = sql.SQL("event.worker")
    if not identified:
        # A record's id may be the child's, or be made of it.
        record = sql.SQL(
            "case when event.record_id = asked_child.child_id or event.record_id like '%%/%%' then {} else {} end"
        ).format(pseudonym(record), record)
        worker = pseudonym(worker)
    return sql.SQL(
        """
        select event.day, case when event.until <= %(night)s then event.until end, event.what, event.detail,
            {record}, {worker}
        from event
        cross join asked_child
        where event.day <= %(night)s
        order by event.day, event.step, event.record_id, event.until, event.detail, event.worker
        """
    ).format(record=record, worker=worker)


def _label(found: re.Match[str]) -> str:
    """A code in words; one that its list does not know stays as it is."""
    return _labels(found[1]).get(found[2].strip().lower(), found[2])


@functools.cache
def _labels(name: str) -> dict[str, str]:
    codes = contract.code_lists().get(name, ())
    return {
        alias.lower(): code.label or code.code for code in codes for alias in (*code.aliases, code.label, code.code)
    }
