"""The commands about indicators: their figures, the evidence behind one, and why it moved."""

import csv
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

from statutory.errors import StatutoryError
from statutory.indicators.rounding import shown
from statutory.warehouse import connection

if TYPE_CHECKING:
    from statutory.indicators.definition import Indicator

MOST = 20  # members named in a line
console = Console()
Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])]


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"


def indicators(
    period_end: Day,
    night: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="What was known; the newest night.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="team, sex, age band, ...")] = None,
    output: Annotated[Format, typer.Option("--format")] = Format.table,
) -> None:
    """Print every indicator for the periods that end on a day, as known on a night."""
    from statutory.indicators import breakdown, definition, values
    from statutory.warehouse.runs import newest_night

    if by is not None and by not in breakdown.BREAKDOWNS:
        raise StatutoryError(f"there is no breakdown by {by}; there are {', '.join(breakdown.BREAKDOWNS)}")
    with connection.connect() as opened:
        known = night.date() if night else newest_night(opened)
        values.pin(opened, known)
        points = [values.point(kind, period_end.date(), known) for kind in definition.PERIOD_KINDS]
        rows = values.values(opened, definition.indicators().values(), points, by=by)
    _print([{"night": known} | row for row in rows], output)


def trace(
    indicator: Annotated[str, typer.Argument(help="The id, such as W06.")],
    period_end: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day of the period; the night.")
    ] = None,
    night: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="What was known; the newest night.")
    ] = None,
    view: Annotated[str | None, typer.Option(help="A view of the indicator; its first.")] = None,
    period: Annotated[str | None, typer.Option(help="A kind of period; the indicator's first.")] = None,
) -> None:
    """Print the evidence behind a figure: definition, SQL, members (ids only), and the batches it rests on."""
    from statutory.indicators import trace as tracing
    from statutory.indicators import values
    from statutory.warehouse.runs import newest_night

    asked = _indicator(indicator, view, period)
    with connection.connect() as opened:
        on = night.date() if night else newest_night(opened)
        values.pin(opened, on)
        point = values.point(period or asked.periods[0], period_end.date() if period_end else on, on)
        found = tracing.trace(opened, asked, view or asked.views[0], point, on)
    figure = found.figures[0]
    out = console.print
    out(f"[bold]{asked.id}[/bold] {asked.title}", highlight=False)
    for key in ("question", "grain", "calc", "clock", "sources"):
        if key in asked.file.header:
            out(f"{key}: {_plain_words(asked.file.header[key])}", highlight=False)
    out(
        f"view {found.view}, {figure['period_kind']} {figure['period_start']} to {figure['period_end']}",
        highlight=False,
    )
    out(f"night {on}, as at {figure['as_at']}, revision {found.revision}", highlight=False)
    out(
        f"numerator {figure['numerator']}, denominator {figure['denominator']}, "
        + ", ".join(f"{one['figure']} {shown(one['value'])}" for one in found.figures)
        + (f", {figure['state']}" if figure["state"] else ""),
        highlight=False,
    )
    _rows("files", ("file", "sha256"), [(f.label, f.sha256) for f in found.files])
    out(f"\n{asked.file.select}\n", highlight=False, markup=False)
    _rows("source tables", ("table", "source", "night", "rows read", "rows kept", "sha256"), found.batches)
    head = ("member", "child", "worker", "team", "numerator", "denominator", "measure", "due")
    _rows(f"{len(found.members)} members", head, found.members)


def _indicator(name: str, view: str | None, period: str | None) -> "Indicator":
    from statutory.indicators import definition

    known = definition.indicators()
    if name not in known:
        raise StatutoryError(f"there is no indicator {name}; there is {', '.join(sorted(known))}")
    asked = known[name]
    if view and view not in asked.views:
        raise StatutoryError(f"{name} has no view {view}; it has {', '.join(asked.views)}")
    if period and period not in asked.periods:
        raise StatutoryError(f"{name} has no period {period}; it has {', '.join(asked.periods)}")
    return asked


def explain(
    indicator: Annotated[str, typer.Argument(help="The id, such as T03.")],
    *,
    earlier: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The earlier night or period end.")],
    later: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The later one; the newest night.")
    ] = None,
    night: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Compare two periods, both as known on this night."),
    ] = None,
    view: Annotated[str | None, typer.Option(help="A view of the indicator; its first.")] = None,
    period: Annotated[str | None, typer.Option(help="A kind of period; the indicator's first.")] = None,
    output: Annotated[Format, typer.Option("--format")] = Format.table,
) -> None:
    """Say why a figure moved: members new, gone or corrected between two nights, or two periods of one night."""
    from statutory.indicators import explain as explaining
    from statutory.indicators import values
    from statutory.warehouse.runs import newest_night

    asked = _indicator(indicator, view, period)
    with connection.connect() as opened:
        newest = later.date() if later else newest_night(opened)
        nights = (night.date(), night.date()) if night else (earlier.date(), newest)
        points = [
            values.point(period or asked.periods[0], end, on)
            for end, on in zip((earlier.date(), newest), nights, strict=True)
        ]
        found = explaining.explain(
            opened, asked, view or asked.views[0], (nights[0], points[0]), (nights[1], points[1])
        )
    if output is Format.table:
        console.print(found.sentence, highlight=False)
        lines = [
            (step.reason, shown(step.effect), len(step.members) or None, ", ".join(step.members[:MOST]))
            for step in found.steps
        ]
        _rows("what moved it", ("reason", "effect", "members", f"their keys, at most {MOST}"), lines)
    else:
        _print(
            [
                {"indicator": asked.id, "reason": step.reason, "effect": step.effect, "member_key": key}
                for step in found.steps
                for key in (step.members or [""])
            ],
            output,
        )


def _plain_words(said: Any) -> str:
    if isinstance(said, dict):
        return ", ".join(f"{key} {value}" for key, value in said.items())
    return "; ".join(said) if isinstance(said, list) else str(said)


def _rows(title: str, head: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """A table of what is there: a column in which every row is empty is left out."""
    from statutory.indicators.values import plain

    used = [n for n in range(len(head)) if any(row[n] is not None for row in rows)]
    printed = Table(*(Column(head[n], overflow="fold") for n in used), title=title, title_justify="left")
    for row in rows:
        cells = [plain(row[n]) if isinstance(row[n], Decimal) else row[n] for n in used]
        printed.add_row(*("" if cell is None else str(cell) for cell in cells))
    console.print(printed)


def _print(rows: list[dict[str, Any]], output: Format) -> None:
    plain = [{k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()} for row in rows]
    if output is Format.json:
        sys.stdout.write(json.dumps(plain, default=str, indent=1) + "\n")
    elif output is Format.csv:
        writer = csv.DictWriter(sys.stdout, list(plain[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(plain)
    else:
        _table_of_figures(rows)


def _table_of_figures(rows: list[dict[str, Any]]) -> None:
    from statutory.indicators import definition

    known = definition.indicators()
    by = next((row["breakdown"] for row in rows if row["part"] is not None), None)
    table = Table(
        Column("id", no_wrap=True),
        Column("indicator", ratio=3, no_wrap=True, overflow="ellipsis"),
        Column("figure", ratio=2, no_wrap=True, overflow="ellipsis"),
        *([Column(by, no_wrap=True)] if by else []),
        Column("value", justify="right", no_wrap=True),
        Column("that is", justify="right", no_wrap=True),
        title=f"periods to {rows[0]['period_end']}, known on {rows[0]['night']}" if rows else None,
        title_justify="left",
        expand=True,
    )
    for row in rows:
        parts = f"{shown(row['numerator'])} of {shown(row['denominator'])}" if row["denominator"] is not None else ""
        part = [row["part"] or ("all" if row["part"] is None else "none")] if by else []
        name = definition.named(row, known[row["indicator"]])
        value = row["state"] or shown(row["value"])
        table.add_row(row["indicator"], row["title"], name, *part, value, parts)
    console.print(table)
