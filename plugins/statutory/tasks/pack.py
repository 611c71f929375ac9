"""The steps of the inspection pack of a night."""

from collections import defaultdict
from datetime import date

from psycopg import sql

from statutory import outputs, spreadsheet
from statutory.indicators.definition import Indicator, indicators
from statutory.night import Night, use_night
from statutory.packs import due, pack
from statutory.packs.dictionary import write_dictionary
from statutory.packs.page import pages
from statutory.tasks.failing import at_once
from statutory.warehouse import connection, runs

# What is written as CSV beside the pages. The worklist is for the people who do the work: it has ids of records and
# children.
TABLES = {
    "indicators": """
        select indicator_id, view, period_kind, period_start, period_end, as_at, breakdown, part,
            numerator, denominator, state, figure, value
        from indicator_value
        order by indicator_id, view, period_kind, period_end, breakdown <> 'whole', breakdown, part, figure
    """,
    "worklist": """
        select team_id, worker_id, indicator_id, due_date, working_days_left, member_key, child_id
        from worklist
        order by team_id, worker_id, due_date, indicator_id, member_key
    """,
}


# The records counted in an area's figures: of each indicator the first view and kind of period.
MEMBERS = """
    select indicator_member.indicator_id, view, period_kind, period_end, member_key, child_id, worker_id, team_id,
        numerator, denominator, measure, due_date, array_to_string(bands, '; ') as bands
    from indicator_member
    inner join unnest({ids}::text[], {views}::text[], {kinds}::text[]) as first (indicator_id, view, period_kind)
        using (indicator_id, view, period_kind)
    order by indicator_id, member_key
"""


@at_once
def write_pages(night: str | None) -> str:
    """Write a night's pages of indicators, their values, members and worklist as CSV, and the dictionary; the night."""
    with connection.connect(council := connection.open_council()) as opened:
        known = runs.chosen_night(council, opened, night)
        use_night(known)
        for name, text in pages(known):
            with outputs.written(known, name) as path:
                path.write_text(text, encoding="utf-8")
        with outputs.written(known, "dictionary.html") as path:
            write_dictionary(known, path)
        for name, select in TABLES.items():
            _copy(known, name, sql.SQL(select))
        by_area: dict[str, list[Indicator]] = defaultdict(list)
        for indicator in indicators(council.local).values():
            by_area[indicator.area].append(indicator)
        for area, found in by_area.items():
            asked = {
                "ids": [one.id for one in found],
                "views": [one.views[0] for one in found],
                "kinds": [one.periods[0] for one in found],
            }
            members = sql.SQL(MEMBERS).format(**{key: sql.Literal(column) for key, column in asked.items()})
            _copy(known, f"members_{area}", members)
    return f"{known.day:%Y-%m-%d}"


@at_once
def write_pack(night: str | None, inspection_date: str | None) -> str:
    """Write the inspection pack of a night as at a date, the night's own where none is given; the folder's name."""
    with connection.connect(council := connection.open_council()) as opened:
        known = runs.chosen_night(council, opened, night)
        day = date.fromisoformat(inspection_date) if inspection_date else known.day
        name = "pack" if day == known.day else f"pack_{day}"
        with outputs.written_folder(known, name) as folder:
            pack.write(known, day, folder)
    return name


@at_once
def write_reports(night: str | None) -> int:
    """Write the reports that are due on a night; their files."""
    with connection.connect(council := connection.open_council()) as opened:
        known = runs.chosen_night(council, opened, night)
        with outputs.written_folder(known, "reports") as folder:
            folder.mkdir()
            return len(due.write(known, folder))


def _copy(night: Night, name: str, select: sql.Composable) -> None:
    """Write what a select returns as `<name>.csv` of the night, row by row."""
    statement = sql.SQL("copy ({}) to stdout (header)").format(select)
    with outputs.written(night, f"{name}.csv") as path, night.connection.cursor().copy(statement) as copy:
        rows = copy.rows()
        spreadsheet.write_csv(path, next(rows), rows)
