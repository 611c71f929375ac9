"""The workforce in two minutes: posts, joiners and leavers, caseloads, and the children's workers.

Everything comes from the night's indicators and their members; nothing is calculated twice.
"""

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from statutory.indicators import definition, values
from statutory.night import Night
from statutory.packs import charts
from statutory.warehouse.connection import Connection

MONTHS = 60
ENGLAND = "E92000001"
REGIONS = {
    "North East": "E12000001", "North West": "E12000002", "Yorkshire and The Humber": "E12000003",
    "East Midlands": "E12000004", "West Midlands": "E12000005", "East of England": "E12000006", "London": "E12000007",
    "South East": "E12000008", "South West": "E12000009",
}  # fmt: skip
COMPARED = ("W05", "W06", "W12", "W14", "W22", "W23")
STAYS = ((3, "under 3"), (6, "3 to under 6"), (12, "6 to under 12"), (24, "12 to under 24"), (None, "24 or more"))
CASELOADS = (
    (5, "under 5"), (10, "5 to under 10"), (15, "10 to under 15"), (20, "15 to under 20"), (25, "20 to under 25"),
    (None, "25 or more"),
)  # fmt: skip


def story(night: Night) -> dict[str, Any]:
    """What the section of the page shows; the transaction's search path is on the night."""
    points = [
        values.point(kind, end, night.day)
        for kind in ("snapshot", "year")
        for end in values.month_ends(night.day, MONTHS)
    ]
    known = definition.indicators(night.council.local)
    wanted = [known[name] for name in ("W01", "W03", "W06", "W07", "W14")]
    series: dict[str, dict[date, Any]] = {}
    for row in values.values(night.connection, wanted, points):
        if row["figure"] == known[row["indicator"]].main_figures[0]:
            series.setdefault(row["indicator"], {})[row["period_end"]] = row["value"]
    (region, region_code), neighbours = own_region(night.connection), _neighbours(night)
    return {
        "posts": charts.stacked(
            _posts(series), title=f"Posts held by own staff, by agency workers and vacant, {MONTHS} months"
        ),
        "turnover": charts.trend(
            [("turnover", _drawn(series["W14"])), ("agency rate", _drawn(series["W06"]))],
            title=f"Turnover and agency rate, {MONTHS} months",
            percent=True,
        ),
        "stays": charts.bars(
            _banded(_measures(night.connection, "W19"), STAYS), title="Agency workers by months with us"
        ),
        "caseloads": charts.bars(
            _banded(_measures(night.connection, "W24"), CASELOADS),
            title="Case holders by cases for a full-time equivalent",
        ),
        "children": _children(night.connection),
        "region": region,
        "neighbours": neighbours,
        "compared": [
            _compared(night, name, region_code) | {"neighbours": _median(night, name, neighbours)} for name in COMPARED
        ],
    }


def _drawn(points: dict[date, Any]) -> list[tuple[date, Decimal]]:
    return [(day, value) for day, value in sorted(points.items()) if value is not None]


def _posts(series: dict[str, dict[date, Any]]) -> list[tuple[str, list[tuple[date, Decimal]]]]:
    """Establishment in three parts; agency workers beyond it fill no vacancy."""
    own, agency, vacant = [], [], []
    for day, posts in sorted(series["W03"].items()):
        held, bought = (Decimal(series[name].get(day) or 0) for name in ("W01", "W07"))
        own.append((day, held))
        agency.append((day, bought))
        vacant.append((day, max(Decimal(0), Decimal(posts or 0) - held - bought)))
    return [("own staff", own), ("agency", agency), ("vacant", vacant)]


def _measures(connection: Connection, indicator: str) -> list[Decimal]:
    found = connection.execute(
        "select measure from indicator_member where indicator_id = %s and measure is not null", (indicator,)
    )
    return [measure for (measure,) in found.fetchall()]


def _banded(measures: Iterable[Decimal], bands: tuple[tuple[int | None, str], ...]) -> list[tuple[str, int]]:
    counts = Counter(next(name for limit, name in bands if limit is None or measure < limit) for measure in measures)
    return [(name, counts[name]) for _, name in bands]


def _children(connection: Connection) -> list[dict[str, Any]]:
    """Open children with a social worker, by the worker's status and by how long the worker has been theirs."""
    found = connection.execute(
        """
        select
            coalesce(status.numerator, 0) = 1 as is_own,
            stay.bands && array['6 to under 12 months', '12 months or more'] as is_long,
            count(*) as children
        from indicator_member as stay
        inner join indicator_member as status
            on status.indicator_id = 'C04'
            and status.member_key = stay.member_key
            and status.period_end = stay.period_end
        where stay.indicator_id = 'C03'
        group by is_own, is_long
        """
    ).fetchall()
    counts = {(own, long): children for own, long, children in found}
    total = sum(counts.values())
    return [
        {
            "worker": "own staff" if own else "agency or not known to HR",
            "time": "six months or more" if long else "under six months",
            "children": counts.get((own, long), 0),
            "percent": Decimal(100 * counts.get((own, long), 0)) / total if total else None,
        }
        for own in (True, False)
        for long in (True, False)
    ]


def own_region(connection: Connection) -> tuple[str | None, str]:
    """The name of the own authority's region and its statistics code; the code is empty where it is not known."""
    found = connection.execute("select region from own_authority order by valid_from desc limit 1").fetchone()
    name = found[0] if found else None
    return name, REGIONS.get(name or "", "")


def _neighbours(night: Night) -> list[str]:
    """The numbers of the statistical neighbours by the list that holds on a night; none where no list is given."""
    found = night.connection.execute(
        """
        select text_value from parameter
        where name = 'statistical_neighbours' and valid_from <= %(night)s and (valid_to is null or valid_to > %(night)s)
        order by valid_from desc limit 1
        """,
        {"night": night.day},
    ).fetchone()
    return sorted(set(str(found[0]).replace(",", " ").split())) if found else []


def _median(night: Night, indicator: str, neighbours: Sequence[str]) -> tuple[Decimal, date, int] | None:
    """The median of what was published of the neighbours for the newest day, the day, and how many have a figure."""
    found = night.connection.execute(
        """
        select distinct on (period_end, area_code) period_end, value from benchmark
        where indicator_id = %s and area_code = any(%s) and period_end <= %s and value is not null
        order by period_end desc, area_code, publication desc
        """,
        (indicator, list(neighbours), night.day),
    ).fetchall()
    if not found:
        return None
    newest = found[0][0]
    figures = [value for day, value in found if day == newest]
    return statistics.median(figures), newest, len(figures)


def _compared(night: Night, indicator: str, region_code: str) -> dict[str, Any]:
    """An indicator now and on the last census day, and what was published of region and country for that day."""
    asked = definition.indicators(night.council.local)[indicator]
    census = max(day for day in values.CENSUS_DAYS if day <= night.day)
    points = [values.point(asked.periods[0], day, night.day) for day in (night.day, census)]
    ours = {
        row["period_end"]: row["value"]
        for row in values.values(night.connection, [asked], points)
        if row["figure"] == asked.main_figures[0]
    }
    published = {
        area: (value, day)
        for area, value, day in night.connection.execute(
            """
            select distinct on (area_code) area_code, value, period_end from benchmark
            where indicator_id = %s and area_code = any(%s) and period_end <= %s and value is not null
            order by area_code, period_end desc, publication desc
            """,
            (indicator, [ENGLAND, region_code], night.day),
        ).fetchall()
    }
    return {
        "indicator": asked,
        "sign": "%" if asked.main_figures[0] == "percent" else "",
        "now": ours.get(night.day),
        "census": ours.get(census),
        "census_day": census,
        "region": published.get(region_code),
        "england": published.get(ENGLAND),
    }
