"""The page of indicators: one HTML file that needs nothing beside it, each figure with its evidence line.

The page holds no clock time and no run number, so the same night gives the same bytes. No child and no worker is on it.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import jinja2

from statutory import sqlfile
from statutory.indicators import definition, values
from statutory.indicators.definition import Indicator
from statutory.indicators.rounding import shown
from statutory.indicators.trace import revision
from statutory.packs import charts
from statutory.packs.story import ENGLAND, story
from statutory.warehouse.build import marts
from statutory.warehouse.connection import Connection

LONG_SERIES = [date(year, 9, 30) for year in range(2014, 2100)]  # the census day of each year
AREAS = ("workforce", "continuity", "timeliness", "demand")  # of what is left, by name

# How a source is called where its name is not a word.
SOURCES = {"case_system": "case system", "hr": "HR"}


def environment() -> jinja2.Environment:
    """How the pages are rendered: escaped, and a name that is not there is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"shown": shown, "day": _day, "source": lambda name: SOURCES.get(name, name)}
    made.globals |= {"views": definition.VIEWS, "periods": definition.PERIOD_KINDS, "revision": revision()}
    return made


def write_page(connection: Connection, night: date, path: Path) -> None:
    """Write the page of a night to `path`; the transaction's search path is on that night."""
    sources = _sources(connection)
    text = (
        environment()
        .get_template("page.html.j2")
        .render(
            night=night,
            council=_council(connection),
            areas=_areas(connection, night),
            sources=sources,
            stale=[s for s in sources if s["accepted_night"] and s["accepted_night"] < night],
            absent=[s["source"] for s in sources if not s["accepted_night"]],
            tables=_tables(connection),
            story=story(connection, night),
        )
    )
    path.write_text(text, encoding="utf-8")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _rows(connection: Connection, statement: str, parameters: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
    found = connection.execute(statement, parameters)
    names = [column.name for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found]


def _council(connection: Connection) -> str | None:
    """The name of the authority, where its own code is given."""
    found = connection.execute(
        """
        select authority.la_name from parameter
        inner join authority on authority.la_code = parameter.text_value
        where parameter.name = 'own_la' order by parameter.valid_from desc, authority.valid_from desc limit 1
        """
    ).fetchone()
    return found[0] if found else None


def _areas(connection: Connection, night: date) -> list[tuple[str, list[dict[str, Any]]]]:
    by_area: dict[str, list[dict[str, Any]]] = {}
    for indicator in definition.indicators().values():
        by_area.setdefault(indicator.file.path.parent.name, []).append(_section(connection, indicator, night))
    order = [*AREAS, *sorted(by_area.keys() - set(AREAS))]
    return [(area, by_area[area]) for area in order if area in by_area]


def _section(connection: Connection, indicator: Indicator, night: date) -> dict[str, Any]:
    found = _rows(
        connection,
        """
        select indicator_value.*, ssd_department.dept_team_name as team
        from indicator_value
        left join ssd_department
            on ssd_department.dept_team_id = indicator_value.part and indicator_value.breakdown = 'team'
        where indicator_id = %s and breakdown in ('whole', 'team') order by period_end, team nulls last, part
        """,
        (indicator.id,),
    )
    whole = [row for row in found if row["breakdown"] == "whole"]
    kinds: dict[tuple[str, str, str], list[dict[str, Any]]] = {
        (view, kind, figure): []
        for view in indicator.views
        for kind in indicator.periods
        for figure in indicator.figures
    }
    for row in whole:
        kinds[row["view"], row["period_kind"], row["figure"]].append(row)
    first = indicator.periods[0]
    figures = [
        series[-1] | {"before": next((r for r in reversed(series) if r["period_end"] <= _year_before(night)), None)}
        for series in kinds.values()
        if series
    ]
    several = len(indicator.figures) > 1
    percent = indicator.main_figures[0] == "percent"
    trends = [
        (figure if several else definition.VIEWS.get(view, ""), _points(kinds[view, first, figure]))
        for view in indicator.views
        for figure in (
            indicator.main_figures[:1] if percent else indicator.main_figures
        )  # a share and a sum have no common scale
    ]
    long_series = _long_series(connection, indicator, night) if first == "snapshot" else []
    return {
        "indicator": indicator,
        "header": indicator.file.header,
        "sign": "%" if percent else "",
        "figures": figures,
        "head": figures[0] if figures else None,
        "trend": charts.trend(trends, title=f"{indicator.title}, the last 36 months", percent=percent)
        if any(points for _, points in trends)
        else None,
        "long_series": long_series,
        "long_chart": charts.trend(
            [("", _points(long_series))], title=f"{indicator.title}, each 30 September", percent=percent
        )
        if len(long_series) > 1
        else None,
        "teams": [
            row
            for row in found
            if row["breakdown"] == "team"
            and (row["view"], row["period_kind"], row["period_end"]) == (indicator.views[0], first, night)
            and row["figure"] == indicator.main_figures[0]
        ],
        "england": _england(connection, indicator, night),
        "open": _open(connection, indicator) if indicator.unit else None,
        "files": _files(indicator),
    }


def _year_before(night: date) -> date:
    return values.point("year", night, night)[1]


def _points(series: Iterable[dict[str, Any]]) -> list[tuple[date, Any]]:
    return [(row["period_end"], row["value"]) for row in series if row["value"] is not None]


def _long_series(connection: Connection, indicator: Indicator, night: date) -> list[dict[str, Any]]:
    """Every 30 September up to the night, from the first one with anybody on it."""
    points = [values.point("snapshot", day, night) for day in LONG_SERIES if day <= night]
    found = [
        row for row in values.values(connection, [indicator], points) if row["figure"] == indicator.main_figures[0]
    ]
    while found and not found[0]["value"]:
        found.pop(0)
    return found


def _open(connection: Connection, indicator: Indicator) -> dict[str, Any]:
    (found,) = _rows(
        connection,
        """
        select count(*) filter (where is_past_target) as past_target,
            count(*) filter (where not is_past_target) as falls_due, max(over) as longest
        from indicator_open where indicator_id = %s
        """,
        (indicator.id,),
    )
    return found


def _england(connection: Connection, indicator: Indicator, night: date) -> dict[str, Any] | None:
    """What was published of the indicator for England last, in the newest release."""
    found = _rows(
        connection,
        """
        select value, period_end, publication from benchmark
        where indicator_id = %s and area_code = %s and period_end <= %s and value is not null
        order by period_end desc, publication desc limit 1
        """,
        (indicator.id, ENGLAND, night),
    )
    return found[0] if found else None


def _files(indicator: Indicator) -> list[sqlfile.SqlFile]:
    made = marts()
    needed = sqlfile.needed(indicator.file.reads, made)
    return [indicator.file, *(mart for mart in made if mart.name in needed)]


def _sources(connection: Connection) -> list[dict[str, Any]]:
    return _rows(
        connection,
        """
        select source_table.source, max(accepted_night) as accepted_night, count(*) as tables,
            count(*) filter (where not is_supplied) as absent,
            coalesce(sum(rows_read), 0) as rows_read, coalesce(sum(rows_kept), 0) as rows_kept,
            coalesce(sum(rows_quarantined), 0) as rows_quarantined,
            coalesce(sum(values_rejected), 0) as values_rejected,
            coalesce(sum(checks_failed), 0) as checks_failed, coalesce(sum(lost.rows), 0) as lost_references
        from source_table
        left join (
            select table_name, count(*) as rows from lost_reference group by table_name
        ) as lost using (table_name)
        group by source_table.source order by source_table.source
        """,
    )


def _tables(connection: Connection) -> list[dict[str, Any]]:
    """The tables in which something was set aside, or that are not supplied."""
    return _rows(
        connection,
        """
        select source_table.*, coalesce(lost.rows, 0) as lost_references
        from source_table
        left join (
            select table_name, count(*) as rows from lost_reference group by table_name
        ) as lost using (table_name)
        where not is_supplied or rows_quarantined > 0 or values_rejected > 0 or checks_failed > 0 or lost.rows > 0
        order by source_table.source, source_table.table_name
        """,
    )
