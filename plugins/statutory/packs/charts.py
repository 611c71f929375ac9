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


def trend(lines: Sequence[Line], *, title: str, percent: bool) -> str:
    """One chart of a few lines over time, the newest point of each marked with its figure.

    Args:
        lines: each a name and its points, oldest first.
        title: what a screen reader says.
        percent: the figures are percentages.
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
