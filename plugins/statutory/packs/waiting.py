"""Overdue records of a night: since when, who holds them, and known reasons."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from statutory.night import Night
from statutory.packs.figures import Row, rows

COLUMNS = ("record", "child", "held by", "team", "was due", "what is known", "working days over")
NOBODY = "no social worker"
NO_TEAM = "no team recorded"
MOST_TEAMS = 3  # named in a sentence


@dataclass(frozen=True)
class Listing:
    """Records that wait, longest first, the first of them; `total` is how many there are."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    total: int


def past_target(night: Night, indicator: str) -> list[Row]:
    """One row per record past the indicator's target now, longest first, with who holds the child's case since when.

    A social worker who came after the clock began is marked as new; for a record without a clock the start is unknown.
    The transaction's search path is on the night.
    """
    return rows(
        night.connection,
        """
        select worklist.member_key, worklist.child_id, worklist.worker_id,
            coalesce(ssd_department.dept_team_name, worklist.team_id) as team, worklist.due_date,
            -worklist.working_days_left as over,
            worklist.child_id is not null and allocated_worker.child_id is null as is_unallocated,
            allocated_worker.first_day > indicator_open.start_date as is_new_worker,
            allocated_worker.first_day,
            exists (
                select from employment
                where employment.person_key = allocated_worker.person_key and employment.is_agency
                    and employment.first_day <= %(night)s
                    and (employment.last_day is null or employment.last_day >= %(night)s)
            ) as is_agency
        from worklist
        left join indicator_open using (indicator_id, member_key)
        left join ssd_department on ssd_department.dept_team_id = worklist.team_id
        left join allocated_worker
            on allocated_worker.child_id = worklist.child_id
            and allocated_worker.first_day <= %(night)s
            and (allocated_worker.last_day is null or allocated_worker.last_day >= %(night)s)
        where worklist.indicator_id = %(indicator)s and worklist.due_date < %(night)s
        order by worklist.due_date, worklist.member_key
        """,
        {"indicator": indicator, "night": night.day},
    )


def listing(title: str, found: Sequence[Row], most: int) -> Listing:
    """The first of the records, as they are shown."""
    lines: list[tuple[str, ...]] = [
        (
            row["member_key"], row["child_id"] or "", row["worker_id"] or "", row["team"] or "", str(row["due_date"]),
            ", ".join(_known(row)), str(row["over"]),
        )
        for row in found[:most]
    ]  # fmt: skip
    return Listing(title, COLUMNS, lines, len(found))


def sentences(found: Sequence[Row]) -> list[str]:
    """How many are overdue and how long, who holds them, and known reasons."""
    if not found:
        return ["None is overdue now."]
    longest = max(row["over"] for row in found)
    past = "1 is overdue now" if len(found) == 1 else f"{len(found)} are overdue now"
    said = [f"{past}; the longest is {_counted(longest, 'working day')} over."]
    teams = Counter(row["team"] or NO_TEAM for row in found).most_common()
    held = [f"{team} {count}" for team, count in teams[:MOST_TEAMS]]
    if rest := sum(count for _, count in teams[MOST_TEAMS:]):
        held.append(f"{_counted(len(teams) - MOST_TEAMS, 'other team')} {rest}")
    said.append(f"Held by: {', '.join(held)}.")
    why = [
        f"{count} {told}"
        for told, count in (
            ("without a social worker", sum(row["is_unallocated"] for row in found)),
            ("with a social worker who came after it began", sum(bool(row["is_new_worker"]) for row in found)),
            ("with an agency worker", sum(row["is_agency"] for row in found)),
        )
        if count
    ]
    is_clocked = all(row["is_new_worker"] is not None for row in found)
    steady = "has had the same social worker of our own throughout" if is_clocked else "has a social worker of our own"
    said.append(f"Of them: {', '.join(why)}." if why else f"Each {steady}.")
    return said


def _known(row: Row) -> list[str]:
    return [
        told
        for told, holds in (
            (NOBODY, row["is_unallocated"]),
            (f"new social worker since {row['first_day']}", row["is_new_worker"]),
            ("agency worker", row["is_agency"]),
        )
        if holds
    ]


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
