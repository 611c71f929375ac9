"""What is kept of nights, of what landed, and of files: the rest can be made again from history.

Kept are the nights of the 60 days up to the newest, the last night of each month, the published one, and those that a
submitted return or a frozen pack rests on. What is not kept is made again with `statutory build`.
"""

import re
import shutil
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from psycopg import errors, sql

from statutory import outputs
from statutory.warehouse.connection import Connection

NIGHTS = 60  # days
LANDINGS = 7  # days


def kept(nights: Iterable[date], wanted: AbstractSet[date]) -> set[date]:
    """The nights to keep of those that are there, the wanted ones among them."""
    there = sorted(nights)
    if not there:
        return set()
    last_of_month = {night.replace(day=1): night for night in there}
    recent = {night for night in there if night > there[-1] - timedelta(days=NIGHTS)}
    return recent | set(last_of_month.values()) | (wanted & set(there))


def sweep(connection: Connection) -> list[date]:
    """Drop the schemas and files of nights, and the landing schemas, that are not kept; the nights that went.

    What a reader holds stays for the next time.
    """
    schemas = [name for (name,) in connection.execute("select nspname from pg_namespace order by nspname")]
    wanted = connection.execute(
        "select night from ops.published union select night from ops.submission where night is not null"
        " union select night from ops.frozen_pack"
    ).fetchall()
    nights = {night for name in schemas if (night := _night_of(name, "night"))}
    keep = kept(nights, {night for (night,) in wanted})
    landed = sorted(night for name in schemas if (night := _night_of(name, "landing")))
    gone = set()
    for name in schemas:
        of_night, of_landing = _night_of(name, "night", exact=False), _night_of(name, "landing")
        if of_night and of_night not in keep and _dropped(connection, name):
            gone.add(of_night)
        if of_landing and of_landing <= landed[-1] - timedelta(days=LANDINGS):
            _dropped(connection, name)
    for night in gone:
        shutil.rmtree(outputs.folder(night), ignore_errors=True)
    return sorted(gone)


def _night_of(schema: str, kind: str, *, exact: bool = True) -> date | None:
    pattern = rf"{kind}_(\d{{4}})_(\d{{2}})_(\d{{2}})" + ("" if exact else r"(_[a-z0-9_]+)?")
    match = re.fullmatch(pattern, schema)
    return date(*map(int, match.groups()[:3])) if match else None


def _dropped(connection: Connection, schema: str) -> bool:
    connection.commit()
    try:
        connection.execute("set local lock_timeout = '2s'")
        connection.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(schema)))
        connection.commit()
    except errors.LockNotAvailable:
        connection.rollback()
        return False
    return True


def vacuum(connection: Connection) -> int:
    """Vacuum and analyse the tables of history with their parts; their number. It commits by itself meanwhile."""
    connection.commit()
    connection.autocommit = True
    names = connection.execute(
        "select relname from pg_class where relnamespace = 'history'::regnamespace and relkind = 'p' order by relname"
    ).fetchall()
    for (name,) in names:
        connection.execute(sql.SQL("vacuum (analyze) {}").format(sql.Identifier("history", name)))
    connection.autocommit = False
    return len(names)
