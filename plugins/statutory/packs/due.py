"""The scheduled reports: for councillors by quarter, for managers by month, for teams by week."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from statutory.night import Night
from statutory.packs import reports
from statutory.warehouse.nights import built_nights


def due(nights: Iterable[date], night: date) -> list[str]:
    """The reports due on a night: for councillors the first of a quarter, for managers of a month, for teams of a week.

    If that night was missed, the next one writes them. `nights` are those that are kept, so the same night made
    again has the same.
    """
    earlier = [one for one in nights if one < night]
    periods: dict[str, Callable[[date], tuple[int, ...]]] = {
        "councillors": lambda day: (day.year, (day.month - 1) // 3),
        "managers": lambda day: (day.year, day.month),
        "teams": lambda day: day.isocalendar()[:2],
    }
    return [name for name, of in periods.items() if all(of(one) != of(night) for one in earlier)]


def write(night: Night, out: Path) -> list[Path]:
    """Write the reports that are due on a night, each into a folder of its name; the files."""
    wanted = due(built_nights(night.connection), night.day)
    writers = {
        "councillors": reports.write_councillors,
        "managers": reports.write_managers,
        "teams": reports.write_teams,
    }
    return [path for name in wanted for path in writers[name](night, out / name)]
