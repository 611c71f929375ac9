"""Check the nights, days and indicators that a command is given; refuse unknown ones."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from statutory.errors import StatutoryError, WarehouseError
from statutory.indicators import definition
from statutory.indicators.definition import Indicator
from statutory.night import Night
from statutory.settings import Council
from statutory.sources import contract
from statutory.warehouse import connection, runs
from statutory.warehouse.connection import Connection

STAFF = frozenset({"hr", "agency"})
# The first day with data in a night's marts, for case records and for staff.
FIRST_DAYS = """
select
    least(
        (select min(referral_date) from referral), (select min(contact_date) from contact),
        (select min(first_day) from care_period)
    ),
    (select min(first_day) from employment)
"""


def loaded_night(council: Council, opened: Connection, asked: datetime | None) -> Night:
    """The night asked for, or the newest that is loaded.

    Raises:
        WarehouseError: nothing is loaded, or the night is before the first or after the last that is.
    """
    newest = runs.newest_night(opened)
    if asked is None:
        return Night(council, newest, opened)
    ((oldest,),) = opened.execute("select min(night) from ops.load")
    if not oldest <= asked.date() <= newest:
        raise WarehouseError(
            f"the night {asked:%Y-%m-%d} is not loaded: the first loaded night is {oldest}, the last {newest}"
        )
    return Night(council, asked.date(), opened)


def published_night(council: Council, opened: Connection, asked: datetime | None) -> Night:
    """The night asked for, or the published one; WarehouseError as for `loaded_night`, or when none is published."""
    return loaded_night(council, opened, asked) if asked else runs.chosen_night(council, opened, None)


@contextlib.contextmanager
def opened(asked: datetime | None, of: Callable[[Council, Connection, datetime | None], Night]) -> Iterator[Night]:
    """The night that a command is asked for, over a connection that is committed at the end; errors as for `of`."""
    council = connection.open_council()
    with connection.connect(council) as found:
        yield of(council, found, asked)


def day(night: Night, asked: datetime | None) -> date:
    """The requested day, or the night itself; the search path must be on the night.

    Raises:
        StatutoryError: the day is after the night, or before the first day of the case records.
    """
    if asked is None:
        return night.day
    ((records, _),) = night.connection.execute(FIRST_DAYS).fetchall()
    _refuse(asked.date(), night.day, records)
    return asked.date()


def known_on(night: Night, indicators: Iterable[Indicator], asked: date) -> tuple[list[Indicator], list[Indicator]]:
    """Split the indicators into those with data for a day and those without; the search path must be on the night.

    Raises:
        StatutoryError: the day is after the night, or before the first day of all of them.
    """
    ((records, staff),) = night.connection.execute(FIRST_DAYS).fetchall()
    earliest = min((one for one in (records, staff) if one), default=None)
    told, left_out, firsts = [], [], list[date]()
    for indicator in indicators:
        sources = {contract.tables()[name].source for name in indicator.needs}
        wanted = [records if sources - STAFF else None, staff if sources & STAFF else None]
        first = max((one for one in wanted if one), default=earliest)
        if first and asked < first:
            left_out.append(indicator)
            firsts.append(first)
        else:
            told.append(indicator)
    _refuse(asked, night.day, None if told else min(firsts, default=None))
    return told, left_out


def _refuse(asked: date, night: date, first: date | None) -> None:
    if asked > night:
        raise StatutoryError(f"{asked} is after the night {night}: give an earlier day or a later night")
    if first and asked < first:
        raise StatutoryError(f"there is no data for {asked}: the records begin on {first}")


def indicators(council: Council, ids: Sequence[str], area: str | None) -> list[Indicator]:
    """The indicators with these ids or of this area; all of them if neither is given.

    Raises:
        StatutoryError: there is no such indicator or area, or none of the ids is of the area.
    """
    known = definition.indicators(council.local)
    if unknown := [name for name in ids if name not in known]:
        raise StatutoryError(f"there is no indicator {', '.join(unknown)}; there is {', '.join(sorted(known))}")
    areas = sorted({one.area for one in known.values()})
    if area is not None and area not in areas:
        raise StatutoryError(f"there is no area {area}; there is {', '.join(areas)}")
    chosen = [one for one in known.values() if (not ids or one.id in ids) and area in (None, one.area)]
    if not chosen:
        raise StatutoryError(f"none of {', '.join(ids)} is of the area {area}")
    return chosen


def team(night: Night, asked: str) -> str:
    """The id of a team by its id or name; the search path is on the night. StatutoryError when there is none."""
    found = night.connection.execute(
        """
        select team.series_team_id from team
        left join ssd_department as department on department.dept_team_id = team.team_id
        where %(asked)s in (team.team_id, department.dept_team_name)
        order by team.team_id
        """,
        {"asked": asked},
    ).fetchone()
    if found is None:
        known = night.connection.execute(
            "select string_agg(distinct series_team_id, ', ' order by series_team_id) from team"
        )
        raise StatutoryError(f"there is no team {asked}; there is {known.fetchall()[0][0]}")
    return str(found[0])
