"""What people add to a pack: a reason to freeze it, and words on a section, kept with the figures they are about."""

import json
from collections.abc import Mapping
from datetime import date

from statutory.errors import StatutoryError
from statutory.packs.figures import Row, rows
from statutory.warehouse.connection import Connection


def freeze(connection: Connection, night: date, inspection_date: date, reason: str, role: str) -> None:
    """Keep a night because a pack of it was handed out; housekeeping never takes it away.

    Raises:
        StatutoryError: no reason is given, or the pack is frozen already.
    """
    if not reason.strip():
        raise StatutoryError("a pack is frozen for a reason: say it with --reason")
    done = connection.execute(
        "insert into ops.frozen_pack (night, inspection_date, reason, frozen_by) values (%s, %s, %s, %s)"
        " on conflict do nothing",
        (night, inspection_date, reason, role),
    )
    if not done.rowcount:
        raise StatutoryError(f"the pack of the night {night} for {inspection_date} is frozen already")


def write(
    connection: Connection, section: str, night: date, inspection_date: date, *, role: str, body: str,
    written_on: date, figures: Mapping[str, str],
) -> None:  # fmt: skip
    """Keep a commentary on a section with its figures as they are shown to who writes it."""
    connection.execute(
        """
        insert into ops.commentary (section, night, inspection_date, written_on, author_role, body, figures)
        values (%s, %s, %s, %s, %s, %s, %s)
        """,
        (section, night, inspection_date, written_on, role, body, json.dumps(dict(figures), sort_keys=True)),
    )


def newest(connection: Connection, section: str, night: date, figures: Mapping[str, str]) -> list[Row]:
    """The newest commentary on a section written on a night up to this one, and which figures have moved since."""
    found = rows(
        connection,
        """
        select night, written_on, author_role, body, figures from ops.commentary
        where section = %s and night <= %s
        order by night desc, commentary_id desc limit 1
        """,
        (section, night),
    )
    for row in found:
        row["moved"] = sorted(name for name, text in row["figures"].items() if figures.get(name, text) != text)
    return found
