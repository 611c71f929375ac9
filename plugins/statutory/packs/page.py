"""The pages of indicators: an index and one page an area, each figure with its evidence line.

A page needs nothing beside it. It holds no clock time and no run number, so the same night gives the same bytes. No
child and no worker is on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jinja2

from statutory import sqlfile
from statutory.indicators import definition, values
from statutory.indicators.breakdown import TEAM
from statutory.indicators.definition import Indicator
from statutory.indicators.rounding import shown
from statutory.indicators.trace import revision
from statutory.packs import charts
from statutory.packs.story import ENGLAND, own_region, story
from statutory.warehouse.build import marts
from statutory.warehouse.connection import Connection

CENSUS_DAYS = [date(year, 9, 30) for year in range(2014, 2100)]
# The areas in the order of the pages and what each is called; a council's own follow by name.
AREAS = {
    "workforce": "Workforce",
    "continuity": "Continuity of worker",
    "demand": "Demand and thresholds",
    "timeliness": "Timeliness",
    "permanence": "Permanence and care",
    "care_leavers": "Care leavers",
    "scrutiny": "Scrutiny and voice",
    "data_quality": "Data quality",
}

ADDED_UP = ("count", "sum", "headcount")

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
    made.filters |= {"spark": charts.spark, "shown": shown, "day": _day, "source": lambda name: SOURCES.get(name, name)}
    made.globals |= {"views": definition.VIEWS, "periods": definition.PERIOD_KINDS, "revision": revision()}
    return made


def pages(connection: Connection, night: date) -> Iterator[tuple[str, str]]:
    """The name and text of each page of a night; the transaction's search path is on that night."""
    sources = _sources(connection)
    known = _Known(connection, night)
    areas: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for indicator in definition.indicators().values():
        areas[indicator.area].append(_section(connection, known, indicator))
    order = [area for area in AREAS if area in areas] + sorted(areas.keys() - AREAS.keys())
    names = {area: AREAS.get(area, area.replace("_", " ").capitalize()) for area in order}
    common = {
        "night": night,
        "council": _council(connection),
        "names": names,
        "stale": [s for s in sources if s["accepted_night"] and s["accepted_night"] < night],
        "absent": [s["source"] for s in sources if not s["accepted_night"]],
    }
    made = environment()
    yield (
        "indicators.html",
        made.get_template("index.html.j2").render(
            **common,
            areas=[(area, areas[area]) for area in order],
            sources=sources,
            tables=_tables(connection),
            story=story(connection, night),
        ),
    )
    for area in order:
        yield f"{area}.html", made.get_template("area.html.j2").render(**common, area=area, sections=areas[area])


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _rows(connection: Connection, statement: str, parameters: tuple[Any, ...] | None = None) -> list[dict[str, Any]]:
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


Row = dict[str, Any]


class _Known:
    """What the night kept, read in a few queries for all indicators: a page asks for none alone."""

    def __init__(self, connection: Connection, night: date) -> None:
        self.night = night
        asked = definition.indicators().values()
        before = max(end for end in values.month_ends(night) if end <= _year_before(night))
        self.values: dict[str, list[Row]] = defaultdict(list)
        for row in _rows(
            connection,
            """
            select indicator_value.* from indicator_value
            inner join unnest(%s::text[], %s::text[], %s::text[]) as first (indicator_id, period_kind, figures)
                on first.indicator_id = indicator_value.indicator_id
            where breakdown = 'whole' and (
                period_end in (%s, %s)
                or (
                    indicator_value.period_kind = first.period_kind
                    and indicator_value.figure = any(string_to_array(first.figures, '|'))
                )
            )
            order by period_end
            """,
            (
                [one.id for one in asked], [one.periods[0] for one in asked],
                ["|".join(_drawn(one)) for one in asked], night, before,
            ),
        ):  # fmt: skip
            self.values[row["indicator_id"]].append(row)
        self.parts: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in _rows(
            connection,
            """
            select indicator_value.*, ssd_department.dept_team_name as team
            from indicator_value
            inner join unnest(%s::text[], %s::text[], %s::text[], %s::text[])
                as first (indicator_id, view, period_kind, figure)
                using (indicator_id, view, period_kind, figure)
            left join ssd_department
                on ssd_department.dept_team_id = indicator_value.part and indicator_value.breakdown = 'team'
            where breakdown <> 'whole' and period_end = %s
            order by breakdown, team nulls last, part
            """,
            (
                [one.id for one in asked], [one.views[0] for one in asked],
                [one.periods[0] for one in asked], [one.main_figures[0] for one in asked], night,
            ),
        ):  # fmt: skip
            self.parts[row["indicator_id"]][row["breakdown"]].append(row)
        self.limits = {
            (row["indicator_id"], row["view"]): row for row in _rows(connection, "select * from indicator_limit")
        }
        self.open = {
            row["indicator_id"]: row
            for row in _rows(
                connection,
                """
                select indicator_id, count(*) filter (where is_past_target) as past_target,
                    count(*) filter (where not is_past_target) as falls_due, max(over) as longest
                from indicator_open group by indicator_id
                """,
            )
        }
        self.targets = {
            row["name"].removeprefix("target_"): row["number_value"]
            for row in _rows(
                connection,
                """
                select name, number_value from parameter
                where name like 'target\\_%%' and valid_from <= %s and (valid_to is null or valid_to > %s)
                """,
                (night, night),
            )
        }
        # What was published last, in the newest release, of England and of the own region.
        self.published: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in _rows(
            connection,
            """
            select distinct on (indicator_id, area_code) indicator_id, area_code, value, period_end, publication
            from benchmark
            where area_code = any(%s) and period_end <= %s and value is not null
            order by indicator_id, area_code, period_end desc, publication desc
            """,
            ([ENGLAND, own_region(connection)[1]], night),
        ):
            self.published[row["indicator_id"]]["England" if row["area_code"] == ENGLAND else "region"] = row


def _drawn(indicator: Indicator) -> tuple[str, ...]:
    """The figures of its chart: those that share a scale with the value, at most two."""
    head = indicator.main_figures[0]
    alike = {"percent": ("percent",), "mean": ("mean", "median"), "median": ("median", "mean")}
    return tuple(name for name in alike.get(head, (head,)) if name in indicator.main_figures)


def _section(connection: Connection, known: _Known, indicator: Indicator) -> Row:
    """All that a page shows of one indicator."""
    night, first = known.night, indicator.periods[0]
    kinds: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in known.values[indicator.id]:
        kinds[row["view"], row["period_kind"], row["figure"]].append(row)
    figures = [
        kinds[view, kind, figure][-1] | {"before": _before(kinds[view, kind, figure], night)}
        for view in indicator.views
        for kind in indicator.periods
        for figure in indicator.figures
        if kinds[view, kind, figure]
    ]
    percent = indicator.main_figures[0] == "percent"
    drawn = _drawn(indicator)
    trends = [
        (figure if len(drawn) > 1 else definition.VIEWS.get(view, ""), _points(kinds[view, first, figure]))
        for view in indicator.views
        for figure in drawn
    ]
    head = next((row for row in figures if row["figure"] == indicator.main_figures[0]), None)
    limits = known.limits.get((indicator.id, indicator.views[0]))
    census = _census_days(connection, indicator, night) if indicator.area == "workforce" and first == "snapshot" else []
    return {
        "indicator": indicator,
        "header": indicator.file.header,
        "sign": "%" if percent else "",
        "figures": [row for row in figures if row["figure"] in indicator.main_figures],
        "bands": [
            row
            for row in figures
            if row["figure"] in indicator.bands and (row["view"], row["period_kind"]) == (indicator.views[0], first)
        ],
        "head": head,
        "target": known.targets.get(indicator.id, indicator.file.header.get("target")),
        "limits": limits,
        "points": trends[0][1] if trends else [],
        "trend": charts.trend(
            trends,
            title=f"{indicator.title}, the last 36 months",
            percent=percent,
            limits=(limits["lower_limit"], limits["mean"], limits["upper_limit"])
            if limits and limits["period_kind"] == first
            else None,
        )
        if sum(len(points) for _, points in trends) > 1
        else None,
        "census_days": census,
        "census_chart": charts.trend(
            [("", _points(census))], title=f"{indicator.title}, each 30 September", percent=percent
        )
        if len(census) > 1
        else None,
        "parts": {name: rows for name, rows in known.parts[indicator.id].items() if name == TEAM or len(rows) > 1},
        # A count of the country says nothing beside that of one council.
        "published": {} if indicator.main_figures[0] in ADDED_UP else known.published[indicator.id],
        "open": known.open.get(indicator.id) if indicator.unit else None,
        "files": _files(indicator),
    }


def _before(series: list[Row], night: date) -> Row | None:
    """The newest row of a year before or earlier."""
    return next((row for row in reversed(series) if row["period_end"] <= _year_before(night)), None)


def _year_before(night: date) -> date:
    return values.point("year", night, night)[1]


def _points(series: Iterable[Row]) -> list[tuple[date, Any]]:
    return [(row["period_end"], row["value"]) for row in series if row["value"] is not None]


def _census_days(connection: Connection, indicator: Indicator, night: date) -> list[Row]:
    """Every 30 September up to the night, from the first one with anybody on it."""
    points = [values.point("snapshot", day, night) for day in CENSUS_DAYS if day <= night]
    found = [
        row for row in values.values(connection, [indicator], points) if row["figure"] == indicator.main_figures[0]
    ]
    while found and not found[0]["value"]:
        found.pop(0)
    return found


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
