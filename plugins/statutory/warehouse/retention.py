"""Which nights, landing schemas and files are kept; everything else can be rebuilt from history.

Kept are the nights of the 60 days up to the newest that is not after today, the last night of each month, the
published one, and those that a submitted return or a frozen pack rests on. What is not kept is made again with
`statutory build`, from history and the failures of rules: both hold a row per change, not per night, and stay.
"""

import re
import shutil
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from psycopg import sql

from statutory.night import Night
from statutory.settings import Council
from statutory.warehouse.connection import Connection
from statutory.warehouse.nights import ASIDE, drop_aside, set_aside

NIGHTS = 60  # days
LANDINGS = 7  # days


def kept(nights: Iterable[date], wanted: AbstractSet[date], today: date) -> set[date]:
    """The nights to keep of those that are there, the wanted ones among them; a night after today makes none older."""
    there = sorted(nights)
    newest = (_up_to(today, there) or there)[-1:]
    last_of_month = {night.replace(day=1): night for night in there}
    recent = {night for night in there if night > newest[0] - timedelta(days=NIGHTS)}
    return recent | set(last_of_month.values()) | (wanted & set(there))


def sweep(council: Council, connection: Connection, today: date) -> list[date]:
    """Drop the schemas and files of nights, and landing schemas, that are not kept; return the dropped nights.

    What a reader holds is dropped the next time.
    """
    schemas = [
        name
        for (name,) in connection.execute(
            "select nspname from pg_namespace where nspname ~ '^(night|landing)_' and nspname !~ %s order by nspname",
            (ASIDE,),
        )
    ]
    wanted = connection.execute(
        "select night from ops.published union select night from ops.submission where night is not null"
        " union select night from ops.frozen_pack"
    ).fetchall()
    nights = {night for name in schemas if (night := _night_of(name, "night"))}
    keep = kept(nights, {night for (night,) in wanted}, today)
    landed = _up_to(today, {night for name in schemas if (night := _night_of(name, "landing"))})
    gone = set()
    for name in schemas:
        of_night, of_landing = _night_of(name, "night", exact=False), _night_of(name, "landing")
        if of_night and of_night not in keep:
            gone.add(of_night)
            set_aside(connection, name)
        if of_landing and landed and of_landing <= landed[-1] - timedelta(days=LANDINGS):
            set_aside(connection, name)
    drop_aside(connection)
    for night in gone:
        shutil.rmtree(Night(council, night, connection).folder, ignore_errors=True)
    return sorted(gone)


def _up_to(today: date, nights: Iterable[date]) -> list[date]:
    return sorted(night for night in nights if night <= today)


def _night_of(schema: str, kind: str, *, exact: bool = True) -> date | None:
    pattern = rf"{kind}_(\d{{4}})_(\d{{2}})_(\d{{2}})" + ("" if exact else r"(_[a-z0-9_]+)?")
    match = re.fullmatch(pattern, schema)
    return date(*map(int, match.groups()[:3])) if match else None


def vacuum(connection: Connection) -> int:
    """Vacuum and analyse history with its parts and the failures of rules; how many tables. It commits meanwhile."""
    connection.commit()
    connection.autocommit = True
    names = connection.execute(
        "select nspname, relname from pg_class inner join pg_namespace on pg_namespace.oid = relnamespace"
        " where (nspname = 'history' and relkind = 'p') or (nspname, relname) = ('quality', 'rule_failure')"
        " order by nspname, relname"
    ).fetchall()
    for schema, name in names:
        connection.execute(sql.SQL("vacuum (analyze) {}").format(sql.Identifier(schema, name)))
    connection.autocommit = False
    return len(names)
