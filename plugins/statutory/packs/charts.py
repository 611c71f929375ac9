"""Charts as SVG text, the same bytes for the same points."""

import math
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import vl_convert
from markupsafe import escape

from statutory.indicators.rounding import shown

Line = tuple[str, Sequence[tuple[date, Decimal]]]  # name, points

INK, QUIET, RULE = "#1c2b33", "#5b6b73", "#dfe5e8"
COLOURS = ("#0b5a8a", "#c2541b")
PARTS = ("#0b5a8a", "#c2541b", "#dfe5e8")
WIDTH, HEIGHT = 430, 150
CONFIG = {
    "font": "sans-serif",
    "view": {"stroke": None},
    "text": {"fontSize": 12},
    "axis": {"labelFontSize": 11, "labelColor": QUIET, "gridColor": RULE, "domainColor": RULE, "tickColor": RULE},
    "legend": {"labelFontSize": 11, "labelLimit": 0, "labelColor": INK},
}


def spark(points: Sequence[tuple[date, Decimal]]) -> str:
    """A series as a small line with its newest point marked; a full chart is beside it."""
    if len(points) < 2:
        return ""
    low, high = min(value for _, value in points), max(value for _, value in points)
    first, days = points[0][0], (points[-1][0] - points[0][0]).days or 1
    places = [
        (2 + 86 * (day - first).days / days, float(18 - 14 * (value - low) / (high - low) if high > low else 11))
        for day, value in points
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x, y = places[-1]
    return (
        '<svg class="spark" viewBox="0 0 92 22" aria-hidden="true">'
        f'<polyline points="{line}" fill="none" stroke="{COLOURS[0]}" stroke-width="1.5"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.4" fill="{COLOURS[0]}"/></svg>'
    )


def trend(
    lines: Sequence[Line], *, title: str, percent: bool, limits: tuple[Decimal, Decimal, Decimal] | None = None
) -> str:
    """One chart of a few lines over time, the newest point of each marked with its figure; nothing without points.

    Drawn here because the library takes 45 ms per chart, and a night has three hundred.

    Args:
        lines: each a name and its points, oldest first.
        title: what a screen reader says.
        percent: the figures are percentages.
        limits: lower limit, mean and upper limit of what is chance, of the first line.
    """
    points = [point for _, series in lines for point in series]
    if not points:
        return ""
    days = [day for day, _ in points]
    figures = [float(value) for _, value in points] + [float(limit) for limit in limits or ()]
    first, span = min(days).toordinal(), max(1, (max(days) - min(days)).days)
    ticks = _ticks(min(0.0, *figures), max(0.0, *figures))
    low, high = ticks[0], ticks[-1]
    several = len(lines) > 1
    left, right, top, bottom = 46, 418, 30 if several else 10, 168

    def x(day: date) -> float:
        return left + (right - left) * (day.toordinal() - first) / span

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - low) / ((high - low) or 1)

    sign = "%" if percent else ""
    drawn = []
    if limits:
        lower, mean, upper = (y(float(limit)) for limit in limits)
        drawn.append(
            f'<rect x="{left}" y="{upper:.1f}" width="{right - left}" height="{max(0.5, lower - upper):.1f}"'
            f' fill="{RULE}" fill-opacity="0.55"/>'
            f'<line x1="{left}" x2="{right}" y1="{mean:.1f}" y2="{mean:.1f}" stroke="{QUIET}" stroke-dasharray="4 3"/>'
        )
    drawn += [
        f'<line x1="{left}" x2="{right}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" stroke="{RULE}"/>'
        f'<text x="{left - 6}" y="{y(tick) + 4:.1f}" text-anchor="end" fill="{QUIET}">{tick:,.10g}{sign}</text>'
        for tick in ticks
    ]
    drawn += [
        f'<text x="{x(day):.1f}" y="{bottom + 18}" text-anchor="middle" fill="{QUIET}">{text}</text>'
        for day, text in _months(min(days), max(days))
    ]
    ends = [(float(series[-1][1]), number) for number, (_, series) in enumerate(lines) if series]
    for value, number in ends:
        name, series = lines[number]
        colour = COLOURS[number % len(COLOURS)]
        path = " ".join(f"{x(day):.1f},{y(float(figure)):.1f}" for day, figure in series)
        # Labels of two lines that end close together are placed above and below.
        apart = 0 if not several else -7 if (value, number) == max(ends) else 9
        drawn.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round"/>'
            f'<circle cx="{x(series[-1][0]):.1f}" cy="{y(value):.1f}" r="3.6" fill="{colour}"/>'
            f'<text x="{x(series[-1][0]) + 8:.1f}" y="{y(value) + 4 + apart:.1f}" font-weight="bold" fill="{colour}">'
            f"{_figure(series, percent)}</text>"
        )
        if several:
            place = left + 200 * number
            drawn.append(
                f'<circle cx="{place + 5}" cy="11" r="5" fill="{colour}"/>'
                f'<text x="{place + 15}" y="15" fill="{INK}">{escape(name)}</text>'
            )
    return (
        f'<svg role="img" aria-label="{escape(title)}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 478 192"'
        f' font-family="sans-serif" font-size="11">{"".join(drawn)}</svg>'
    )


def _ticks(low: float, high: float) -> list[float]:
    """Round figures from one at or below the lowest to one at or above the highest, four to six of them."""
    reach = (high - low) or 1.0
    size = 10 ** math.floor(math.log10(reach / 4))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= reach / 4.5)
    start, stop = math.floor(low / step), math.ceil(high / step - 1e-9)
    return [round(step * number, 10) for number in range(start, stop + 1)]


def _months(first: date, last: date) -> list[tuple[date, str]]:
    """At most six evenly spaced first days of months between two days, as labels of the axis."""
    months = (last.year - first.year) * 12 + last.month - first.month
    apart = next((step for step in (1, 2, 3, 6, 12, 24, 60) if months / step <= 6), 120)
    starts = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    return [
        (day, f"{day:%Y}" if apart >= 12 else f"{day:%b %Y}")
        for day in starts
        if first <= day <= last and ((day.year * 12 + day.month - 1) % apart == 0)
    ]


def stacked(parts: Sequence[Line], *, title: str) -> str:
    """Parts of a whole over time, stacked."""
    points = [
        {"part": name, "order": number, "day": f"{day:%Y-%m-%d}", "value": float(value)}
        for number, (name, series) in enumerate(parts)
        for day, value in series
    ]
    x = {"field": "day", "type": "temporal", "axis": {"title": None, "format": "%Y", "tickCount": 6, "grid": False}}
    return _svg(
        {
            "data": {"values": points},
            "mark": {"type": "area", "opacity": 0.9},
            "encoding": {
                "x": x,
                "y": {"field": "value", "type": "quantitative", "stack": True, "axis": {"title": None, "tickCount": 4}},
                "order": {"field": "order"},
                "color": {
                    "field": "part",
                    "type": "nominal",
                    "scale": {"domain": [name for name, _ in parts], "range": list(PARTS[: len(parts)])},
                    "legend": {"title": None, "orient": "top"},
                },
            },
        },
        title,
    )


def bars(counts: Sequence[tuple[str, int]], *, title: str) -> str:
    """The count of each kind as bars, in the given order, with the figure at the end of each bar."""
    values = [{"kind": name, "count": count} for name, count in counts]
    y = {"field": "kind", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 0, "ticks": False}}
    x = {"field": "count", "type": "quantitative", "axis": None}
    return _svg(
        {
            "data": {"values": values},
            "layer": [
                {"mark": {"type": "bar", "color": COLOURS[0]}, "encoding": {"x": x, "y": y}},
                {
                    "mark": {"type": "text", "align": "left", "dx": 5, "fontWeight": "bold"},
                    "encoding": {"x": x, "y": y, "text": {"field": "count"}},
                },
            ],
        },
        title,
    )


def _svg(spec: dict[str, Any], title: str) -> str:
    """A chart as responsive SVG with a description for screen readers."""
    frame = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": HEIGHT,
        "padding": {"left": 4, "right": 44, "top": 4, "bottom": 4},
        "config": CONFIG,
    }
    svg = vl_convert.vegalite_to_svg(frame | spec, vl_version="5.20")
    # The drawing says what it is as a whole; its parts without a name of their own would be read out as nothing.
    svg = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    # A width of its own would not shrink on a small screen; the view box keeps the shape.
    svg = re.sub(r'(<svg[^>]*?) width="[\d.]+" height="[\d.]+"', r"\1", svg, count=1)
    return svg.replace("<svg", f'<svg role="img" aria-label="{escape(title)}"', 1)


def _figure(series: Sequence[tuple[date, Decimal]], percent: bool) -> str:
    return shown(series[-1][1]) + ("%" if percent else "")
