"""What pages show of an indicator: figures, series, parts, targets, comparators, limits of chance."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from statutory import sqlfile
from statutory.indicators import definition, values
from statutory.indicators.breakdown import TEAM
from statutory.indicators.definition import Indicator
from statutory.night import Night
from statutory.packs import charts
from statutory.packs.story import ENGLAND, own_region
from statutory.warehouse.build import marts
from statutory.warehouse.connection import Connection

ADDED_UP = ("count", "sum", "headcount")

Row = dict[str, Any]


@dataclass(frozen=True)
class Edition:
    """One of the two editions, and the table of figures that it shows."""

    name: str
    is_public: bool
    values: str


INSPECTORS = Edition(
    "inspectors", is_public=False, values="select *, false as is_hidden from indicator_value where breakdown = 'whole'"
)
PUBLIC = Edition("public", is_public=True, values="select * from public_value")


def sign(figure: str) -> str:
    """The unit after a figure: percent, or percent of something."""
    return "%" if figure == "percent" or figure.startswith("percent_") else ""


def rows(
    connection: Connection, statement: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None
) -> list[Row]:
    """What a statement returns, each row by the names of its columns."""
    found = connection.execute(statement, parameters)
    names = [column.name for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found]


class Known:
    """What an edition shows of what the night kept, read in a few queries for all indicators."""

    def __init__(self, night: Night, edition: Edition = INSPECTORS) -> None:
        self.night = night
        self.indicators = definition.indicators(night.council.local)
        self.edition = edition
        self.year_before = values.point("year", night.day, night.day)[1]
        self.marts = marts(night.council.local)
        asked, day = self.indicators.values(), night.day
        before = max(end for end in values.month_ends(day) if end <= self.year_before)
        newest = {values.newest_end(kind, day) for kind in definition.PERIOD_KINDS} | {day}
        self.values: dict[str, list[Row]] = defaultdict(list)
        for row in rows(
            night.connection,
            f"""
            select kept.* from ({edition.values}) as kept
            inner join unnest(%s::text[], %s::text[], %s::text[]) as first (indicator_id, period_kind, figures)
                on first.indicator_id = kept.indicator_id
            where period_end = any(%s)
                or (kept.period_kind = first.period_kind and kept.figure = any(string_to_array(first.figures, '|')))
            order by period_end
            """,
            (
                [one.id for one in asked], [one.periods[0] for one in asked],
                ["|".join(_drawn(one)) for one in asked], [*newest, before],
            ),
        ):  # fmt: skip
            self.values[row["indicator_id"]].append(row)
        self._read_what_is_common(night.connection)
        self.parts: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        self.limits: dict[tuple[str, str], Row] = {}
        self.open: dict[str, Row] = {}
        if not edition.is_public:
            self._read_what_shows_records(night.connection)

    def _read_what_shows_records(self, connection: Connection) -> None:
        """Parts, limits of chance and open items, which the public does not see."""
        asked, night = self.indicators.values(), self.night.day
        for row in rows(
            connection,
            """
            select indicator_value.*, ssd_department.dept_team_name as team
            from indicator_value
            inner join unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::date[])
                as first (indicator_id, view, period_kind, figure, period_end)
                using (indicator_id, view, period_kind, figure)
            left join ssd_department
                on ssd_department.dept_team_id = indicator_value.part and indicator_value.breakdown = 'team'
            where breakdown <> 'whole' and indicator_value.period_end = first.period_end
            order by breakdown, team nulls last, part
            """,
            (
                [one.id for one in asked], [one.views[0] for one in asked],
                [one.periods[0] for one in asked], [one.main_figures[0] for one in asked],
                [values.newest_end(one.periods[0], night) for one in asked],
            ),
        ):  # fmt: skip
            self.parts[row["indicator_id"]][row["breakdown"]].append(row)
        self.limits = {
            (row["indicator_id"], row["view"]): row for row in rows(connection, "select * from indicator_limit")
        }
        self.open = {
            row["indicator_id"]: row
            for row in rows(
                connection,
                """
                select indicator_id, count(*) filter (where is_past_target) as past_target,
                    count(*) filter (where not is_past_target) as falls_due, max(over) as longest
                from indicator_open group by indicator_id
                """,
            )
        }

    def _read_what_is_common(self, connection: Connection) -> None:
        """Targets, and what was published of England and the region."""
        night = self.night.day
        self.targets = {
            row["name"].removeprefix("target_"): row["number_value"]
            for row in rows(
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
        for row in rows(
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


def section(known: Known, indicator: Indicator) -> Row:
    """All that a page shows of one indicator."""
    first = indicator.periods[0]
    kinds: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in known.values[indicator.id]:
        kinds[row["view"], row["period_kind"], row["figure"]].append(row)
    figures = [
        kinds[view, kind, figure][-1] | {"before": _before(kinds[view, kind, figure], known.year_before)}
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
    has_census = indicator.area == "workforce" and first == "snapshot" and not known.edition.is_public
    census = _census_days(known.night, indicator) if has_census else []
    return {
        "indicator": indicator,
        "header": indicator.file.header,
        "sign": sign(indicator.main_figures[0]),
        "figures": [row for row in figures if row["figure"] in indicator.main_figures],
        "so_far": [
            kinds[view, kind + definition.SO_FAR, figure][-1]
            for view in indicator.views
            for kind in indicator.periods
            for figure in indicator.main_figures
            if kinds[view, kind + definition.SO_FAR, figure]
        ],
        "bands": [
            row
            for row in figures
            if row["figure"] in indicator.bands and (row["view"], row["period_kind"]) == (indicator.views[0], first)
        ],
        "head": head,
        "target": _target(known, indicator),
        "limits": limits,
        "points": trends[0][1] if trends else [],
        "series": kinds[indicator.views[0], first, indicator.main_figures[0]],
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
        # A national count is no comparator for one council's count.
        "published": {} if indicator.main_figures[0] in ADDED_UP else known.published[indicator.id],
        "open": known.open.get(indicator.id) if indicator.unit else None,
        "files": [indicator.file, *sqlfile.behind(indicator.file.reads, known.marts)],
    }


def _target(known: Known, indicator: Indicator) -> Decimal | None:
    """The council's target for the night, or the standard's; null if there is none."""
    said = known.targets.get(indicator.id, indicator.file.header.get("target"))
    return None if said is None else Decimal(str(said))


def dates(row: Row) -> str:
    """The days that a figure is of, in words."""
    start, end = row["period_start"], row["period_end"]
    last = f"{end.day} {end:%B %Y}"
    if start == end:
        return last
    same = "" if (start.year, start.month) == (end.year, end.month) else f" {start:%B}"
    return f"{start.day}{same}{'' if start.year == end.year else f' {start:%Y}'} to {last}"


def _before(series: list[Row], day: date) -> Row | None:
    """The newest row of a day or earlier."""
    return next((row for row in reversed(series) if row["period_end"] <= day), None)


def _points(series: Iterable[Row]) -> list[tuple[date, Any]]:
    return [(row["period_end"], row["value"]) for row in series if row["value"] is not None]


def _census_days(night: Night, indicator: Indicator) -> list[Row]:
    """Every 30 September up to the night, from the first one with anybody on it."""
    points = [values.point("snapshot", day, night.day) for day in values.CENSUS_DAYS if day <= night.day]
    found = [
        row
        for row in values.values(night.connection, [indicator], points)
        if row["figure"] == indicator.main_figures[0]
    ]
    while found and not found[0]["value"]:
        found.pop(0)
    return found
