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
WIDTH, HEIGHT = 430, 150


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
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": HEIGHT,
        "padding": {"left": 4, "right": 44, "top": 4, "bottom": 4},
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
        "config": {
            "font": "sans-serif",
            "view": {"stroke": None},
            "text": {"fontSize": 12},
            "axis": {
                "labelFontSize": 11, "labelColor": QUIET, "gridColor": RULE, "domainColor": RULE, "tickColor": RULE,
            },
            "legend": {"labelFontSize": 11, "labelLimit": 0, "labelColor": INK},
        },
    }  # fmt: skip
    svg = vl_convert.vegalite_to_svg(spec, vl_version="5.20")
    # A width of its own would not shrink on a small screen; the view box keeps the shape.
    svg = re.sub(r'(<svg[^>]*?) width="[\d.]+" height="[\d.]+"', r"\1", svg, count=1)
    return svg.replace("<svg", f'<svg role="img" aria-label="{escape(title)}"', 1)


def _figure(series: Sequence[tuple[date, Decimal]], percent: bool) -> str:
    return shown(series[-1][1]) + ("%" if percent else "")
