"""Charts as SVG text, the same bytes for the same points."""

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
    """A series as a line the height of a word, its newest point marked; it says what a chart beside it says in full."""
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
    lines: Sequence[Line],
    *,
    title: str,
    percent: bool,
    limits: tuple[Decimal, Decimal, Decimal] | None = None,
) -> str:
    """One chart of a few lines over time, the newest point of each marked with its figure.

    Args:
        lines: each a name and its points, oldest first.
        title: what a screen reader says.
        percent: the figures are percentages.
        limits: lower limit, mean and upper limit of what is chance, of the first line.
    """
    points = [
        {"line": name, "day": f"{day:%Y-%m-%d}", "value": float(value)}
        for name, series in lines
        for day, value in series
    ]
    last: list[dict[str, Any]] = [
        {
            "line": name,
            "day": f"{series[-1][0]:%Y-%m-%d}",
            "value": float(series[-1][1]),
            "text": _figure(series, percent),
        }
        for name, series in lines
        if series
    ]
    # Figures of two lines that end close together stand above and below.
    highest = max(last, key=lambda point: point["value"], default=None)
    apart = 7 if len(last) > 1 else 0
    colour: dict[str, Any] = {
        "field": "line",
        "type": "nominal",
        "scale": {"domain": [name for name, _ in lines], "range": list(COLOURS[: len(lines)])},
        "legend": {"title": None, "orient": "top"} if len(lines) > 1 else None,
    }
    x = {"field": "day", "type": "temporal", "axis": {"title": None, "format": "%b %Y", "tickCount": 6, "grid": False}}
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": {"title": None, "tickCount": 4, "labelExpr": "datum.label + '%'" if percent else "datum.label"},
    }
    newest = {"data": {"values": last}, "encoding": {"x": x, "y": y, "color": colour}}
    return _svg(
        {
            "data": {"values": points},
            "layer": [
                *_chance(limits, y),
                {"mark": {"type": "line", "strokeWidth": 2}, "encoding": {"x": x, "y": y, "color": colour}},
                newest | {"mark": {"type": "point", "filled": True, "size": 46}},
                *(
                    {
                        "data": {"values": [point]},
                        "mark": {
                            "type": "text", "align": "left", "dx": 7, "fontWeight": "bold",
                            "dy": -apart if point is highest else apart,
                        },
                        "encoding": {"x": x, "y": y, "color": colour, "text": {"field": "text"}},
                    }
                    for point in last
                ),
            ],
        },
        title,
    )  # fmt: skip


def _chance(limits: tuple[Decimal, Decimal, Decimal] | None, y: dict[str, Any]) -> list[dict[str, Any]]:
    """A band between the limits of chance and a line at the mean, behind the series."""
    if not limits:
        return []
    lower, mean, upper = (float(limit) for limit in limits)
    return [
        {
            "data": {"values": [{"lower": lower, "upper": upper}]},
            "mark": {"type": "rect", "color": RULE, "opacity": 0.45},
            "encoding": {"y": y | {"field": "lower"}, "y2": {"field": "upper"}},
        },
        {
            "data": {"values": [{"value": mean}]},
            "mark": {"type": "rule", "color": QUIET, "strokeDash": [4, 3]},
            "encoding": {"y": y},
        },
    ]


def stacked(parts: Sequence[Line], *, title: str) -> str:
    """Parts of a whole over time, one on the other."""
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
    """How many there are of each kind, in the order given, with the figure at each bar's end."""
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
    """A chart as SVG that shrinks with its column and says what it is to who cannot see it."""
    frame = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": HEIGHT,
        "padding": {"left": 4, "right": 44, "top": 4, "bottom": 4},
        "config": CONFIG,
    }
    svg = vl_convert.vegalite_to_svg(frame | spec, vl_version="5.20")
    # A width of its own would not shrink on a small screen; the view box keeps the shape.
    svg = re.sub(r'(<svg[^>]*?) width="[\d.]+" height="[\d.]+"', r"\1", svg, count=1)
    return svg.replace("<svg", f'<svg role="img" aria-label="{escape(title)}"', 1)


def _figure(series: Sequence[tuple[date, Decimal]], percent: bool) -> str:
    return shown(series[-1][1]) + ("%" if percent else "")
