"""What people add to a pack: a reason to freeze it, and comments on a section, stored with their figures."""

import json
import re
from collections.abc import Mapping
from datetime import date

from psycopg import sql

from statutory.errors import StatutoryError
from statutory.night import Night
from statutory.packs.figures import Row, rows
from statutory.sources import contract
from statutory.warehouse.connection import Connection

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WORD = re.compile(r"[^\W\d_]+")  # as the split of names below
# The people of a night and the columns that make up a name; other identifying columns are ids.
_PEOPLE = {
    "ssd_person": ("pers_forename", "pers_surname"),
    "ssd_professionals": ("prof_professional_name",),
    "hr_worker": ("full_name",),
    "agency_worker": ("full_name",),
}
_IDENTIFIES = ("person", "worker", "registration")


def freeze(night: Night, inspection_date: date, reason: str, role: str) -> None:
    """Keep a night because its pack was handed out; housekeeping does not drop it.

    Raises:
        StatutoryError: no reason is given, or the pack is frozen already.
    """
    if not reason.strip():
        raise StatutoryError("give the reason with --reason")
    done = night.connection.execute(
        "insert into ops.frozen_pack (night, inspection_date, reason, frozen_by) values (%s, %s, %s, %s)"
        " on conflict do nothing",
        (night.day, inspection_date, reason, role),
    )
    if not done.rowcount:
        raise StatutoryError(f"the pack of the night {night.day} for {inspection_date} is frozen already")


def write(
    night: Night, section: str, inspection_date: date, *, role: str, body: str,
    written_on: date, figures: Mapping[str, str], is_public: bool = False,
) -> None:  # fmt: skip
    """Store a comment on a section with its figures as shown to the author.

    It stands in the inspectors' edition, and in the public one where that is asked for. Control characters are left
    out of it. The search path is on the night.

    Raises:
        StatutoryError: a public commentary names a child or a worker of the night, by id or by name.
    """
    body = _CONTROL.sub(" ", body)
    if is_public and (named := _names(night.connection, body)):
        raise StatutoryError(
            f"this comment cannot be public because it contains {named}: remove that, or write it for inspectors only"
        )
    night.connection.execute(
        """
        insert into ops.commentary
            (section, night, inspection_date, written_on, author_role, body, figures, is_public)
        values (%s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            section, night.day, inspection_date, written_on, role, body, json.dumps(dict(figures), sort_keys=True),
            is_public,
        ),
    )  # fmt: skip


def withdraw(connection: Connection, section: str, role: str, *, is_public: bool) -> None:
    """Take the newest commentary on a section, or its newest public one, out of every pack written from now on.

    It is kept, with when it was withdrawn and by whom.

    Raises:
        StatutoryError: there is none.
    """
    done = connection.execute(
        """
        update ops.commentary set withdrawn_at = now(), withdrawn_by = %s
        where commentary_id = (
            select commentary_id from ops.commentary
            where section = %s and withdrawn_at is null and (is_public or not %s)
            order by night desc, commentary_id desc limit 1
        )
        """,
        (role, section, is_public),
    )
    if not done.rowcount:
        raise StatutoryError(f"there is no {'public ' if is_public else ''}commentary on {section} to withdraw")


def newest(night: Night, section: str, figures: Mapping[str, str], *, is_public: bool = False) -> list[Row]:
    """The newest commentary on a section for an edition, written on a night up to this one; its figures that moved."""
    found = rows(
        night.connection,
        """
        select night, written_on, author_role, body, figures from ops.commentary
        where section = %s and night <= %s and withdrawn_at is null and (is_public or not %s)
        order by night desc, commentary_id desc limit 1
        """,
        (section, night.day, is_public),
    )
    for row in found:
        row["moved"] = sorted(name for name, text in row["figures"].items() if figures.get(name, text) != text)
    return found


def _names(connection: Connection, body: str) -> str | None:
    """How a text identifies a child or a worker, in general words; None if it does not.

    An id counts as a separate word; a name counts if all its words are in the text, in any case and order.
    """
    said = body.lower()
    words = _WORD.findall(said)
    for name, names in _PEOPLE.items():
        for column in contract.table(name).columns:
            if column.key or column.identifies in _IDENTIFIES:
                within = connection.execute(
                    sql.SQL("select lower({0}) from {1} where strpos(%s, lower({0})) > 0").format(
                        sql.Identifier(column.name), sql.Identifier(name)
                    ),
                    (said,),
                )
                if any(re.search(rf"(?<!\w){re.escape(found)}(?!\w)", said) for (found,) in within):
                    return f"an id of {name}"
        split = sql.SQL("array_remove(regexp_split_to_array(lower(concat_ws(' ', {})), '[^[:alpha:]]+'), '')").format(
            sql.SQL(", ").join(map(sql.Identifier, names))
        )
        asked = sql.SQL(
            "select 1 from (select {} as name from {}) as known where name <> '{{}}' and name <@ %s limit 1"
        )
        if connection.execute(asked.format(split, sql.Identifier(name)), (words,)).fetchone():
            return f"a name of {name}"
    return None
