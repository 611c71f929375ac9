"""The commands about indicators: figures, the evidence behind a figure, why a figure changed."""

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Column, Table

from statutory import spreadsheet
from statutory.errors import StatutoryError
from statutory.indicators.rounding import shown
from statutory.night import use_night
from statutory.settings import Council
from statutory.telling import console
from statutory.warehouse import connection

if TYPE_CHECKING:
    from statutory.indicators.definition import Indicator

MOST = 20  # members named in a line


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"


DAY = ["%Y-%m-%d"]
Night = Annotated[datetime | None, typer.Option(formats=DAY, help="As known on this night; default: the newest.")]
View = Annotated[str | None, typer.Option(help="A view of the indicator; its first.")]
Kind = Annotated[str | None, typer.Option(help="A kind of period; the indicator's first.")]
Output = Annotated[Format, typer.Option("--format")]


def indicators(
    ids: Annotated[list[str] | None, typer.Argument(help="The ids, such as W06 T03; every indicator.")] = None,
    *,
    period_end: Annotated[
        datetime | None, typer.Option(formats=DAY, help="The last day of the periods; the night.")
    ] = None,
    night: Night = None,
    area: Annotated[str | None, typer.Option(help="One area, such as workforce.")] = None,
    by: Annotated[str | None, typer.Option(help="team, sex, age band, ...")] = None,
    team: Annotated[str | None, typer.Option(help="One team, by its id or name.")] = None,
    output: Output = Format.table,
) -> None:
    """Print indicator values for periods that end on a day, as known on a night."""
    from statutory import asking
    from statutory.indicators import breakdown, definition, values

    if by is not None and by not in breakdown.BREAKDOWNS:
        raise StatutoryError(f"there is no breakdown by {by}; there are {', '.join(breakdown.BREAKDOWNS)}")
    if team is not None and by is not None:
        raise StatutoryError("give --by or --team, not both")
    council = connection.open_council()
    asked = asking.indicators(council, ids or (), area)
    with connection.connect(council) as opened:
        known = asking.loaded_night(council, opened, night)
        use_night(known)
        end = period_end.date() if period_end else known.day
        told, left_out = asking.known_on(known, asked, end)
        part = asking.team(known, team) if team is not None else None
        points = [values.point(kind, end, known.day) for kind in definition.PERIOD_KINDS]
        rows = values.values(opened, told, points, by=breakdown.TEAM if team is not None else by)
    if part is not None:
        rows = [row for row in rows if row["part"] == part]
    if left_out:
        names = ", ".join(one.id for one in left_out)
        sys.stderr.write(f"left out because their records begin later: {names}\n")
    if not rows:
        raise StatutoryError(f"there are no such values for the team {team} on {end}")
    _print(council, [{"night": known.day} | row for row in rows], output)


def trace(
    indicator: Annotated[str, typer.Argument(help="The id, such as W06.")],
    period_end: Annotated[
        datetime | None, typer.Option(formats=DAY, help="The last day of the period; the newest whole one's.")
    ] = None,
    night: Night = None,
    view: View = None,
    period: Kind = None,
) -> None:
    """Print the evidence behind a figure: definition, SQL, members (ids only) and source batches.

    Without a period end, use the newest period that is complete on the night.
    """
    from statutory import asking
    from statutory.indicators import trace as tracing
    from statutory.indicators import values

    council = connection.open_council()
    asked = _indicator(council, indicator, view, period)
    with connection.connect(council) as opened:
        on = asking.loaded_night(council, opened, night)
        use_night(on)
        kind = period or asked.periods[0]
        end = period_end.date() if period_end else values.newest_end(kind, on.day)
        asking.known_on(on, [asked], end)
        point = values.point(kind, end, on.day)
        found = tracing.trace(on, asked, view or asked.views[0], point)
    figure = found.figures[0]
    out = console.print
    out(f"{asked.id} {asked.title}")
    for key in ("question", "grain", "calc", "clock", "sources"):
        if key in asked.file.header:
            out(f"{key}: {_plain_words(asked.file.header[key])}")
    out(f"view {found.view}, {figure['period_kind']} {figure['period_start']} to {figure['period_end']}")
    out(f"night {on.day}, as at {figure['as_at']}, revision {found.revision}")
    out(
        f"numerator {figure['numerator']}, denominator {figure['denominator']}, "
        + ", ".join(f"{one['figure']} {shown(one['value'])}" for one in found.figures)
        + (f", {figure['state']}" if figure["state"] else "")
    )
    _rows("files", ("file", "sha256"), [(f.label, f.sha256) for f in found.files])
    out(f"\n{asked.file.select}\n")
    _rows("source tables", ("table", "source", "night", "rows read", "rows kept", "sha256"), found.batches)
    head = ("member", "child", "worker", "team", "numerator", "denominator", "measure", "due")
    _rows(f"{len(found.members)} members", head, found.members)


def _indicator(council: Council, name: str, view: str | None, period: str | None) -> "Indicator":
    from statutory import asking

    (asked,) = asking.indicators(council, [name], None)
    if view and view not in asked.views:
        raise StatutoryError(f"{name} has no view {view}; it has {', '.join(asked.views)}")
    if period and period not in asked.periods:
        raise StatutoryError(f"{name} has no period {period}; it has {', '.join(asked.periods)}")
    return asked


def explain(
    indicator: Annotated[str, typer.Argument(help="The id, such as T03.")],
    *,
    earlier: Annotated[
        datetime, typer.Option("--from", formats=DAY, help="The earlier night; with --night, period end.")
    ],
    later: Annotated[datetime | None, typer.Option("--to", formats=DAY, help="The later one; the newest.")] = None,
    night: Annotated[
        datetime | None, typer.Option(formats=DAY, help="Compare two periods, both as known on this night.")
    ] = None,
    view: View = None,
    period: Kind = None,
    output: Output = Format.table,
) -> None:
    """Explain why a figure changed: new, missing or corrected members between two nights, or two periods of one night.

    With two nights, each shows its newest complete period.
    """
    from statutory import asking
    from statutory.indicators import explain as explaining
    from statutory.indicators import values

    council = connection.open_council()
    asked = _indicator(council, indicator, view, period)
    kind = period or asked.periods[0]
    with connection.connect(council) as opened:
        if night:
            on = asking.loaded_night(council, opened, night)
            nights, ends = (on, on), (earlier.date(), later.date() if later else values.newest_end(kind, on.day))
        else:
            nights = (asking.loaded_night(council, opened, earlier), asking.loaded_night(council, opened, later))
            ends = (values.newest_end(kind, nights[0].day), values.newest_end(kind, nights[1].day))
        for known, end in zip(nights, ends, strict=True):
            use_night(known)
            asking.known_on(known, [asked], end)
        points = [values.point(kind, end, on.day) for on, end in zip(nights, ends, strict=True)]
        found = explaining.explain(asked, view or asked.views[0], (nights[0], points[0]), (nights[1], points[1]))
    if output is Format.table:
        console.print(found.sentence)
        lines = [
            (step.reason, shown(step.effect), len(step.members) or None, ", ".join(step.members[:MOST]))
            for step in found.steps
        ]
        _rows("what moved it", ("reason", "effect", "members", f"their keys, at most {MOST}"), lines)
    else:
        # One row per step; the effects add up to the difference.
        common = {"indicator": asked.id, "before": found.before, "after": found.after}
        rows = [
            common | {"reason": one.reason, "effect": one.effect, "members": one.members}
            | ({} if output is Format.json else {"members": " ".join(one.members)})
            for one in found.steps
        ]  # fmt: skip
        _print(council, rows, output)


def _plain_words(said: Any) -> str:
    if isinstance(said, dict):
        return ", ".join(f"{key} {value}" for key, value in said.items())
    return "; ".join(said) if isinstance(said, list) else str(said)


def _rows(title: str, head: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """A table without the columns that are empty in every row."""
    from statutory.indicators.values import plain

    used = [n for n in range(len(head)) if any(row[n] is not None for row in rows)]
    printed = Table(*(Column(head[n], overflow="fold") for n in used), title=title, title_justify="left")
    for row in rows:
        cells = [plain(row[n]) if isinstance(row[n], Decimal) else row[n] for n in used]
        printed.add_row(*("" if cell is None else str(cell) for cell in cells))
    console.print(printed)


def _print(council: Council, rows: list[dict[str, Any]], output: Format) -> None:
    plain = [{k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()} for row in rows]
    if output is Format.json:
        sys.stdout.write(json.dumps(plain, default=str, indent=1) + "\n")
    elif output is Format.csv:
        spreadsheet.put_rows(sys.stdout, list(plain[0]), (list(row.values()) for row in plain))
    else:
        _table_of_figures(council, rows)


def _table_of_figures(council: Council, rows: list[dict[str, Any]]) -> None:
    from statutory.indicators import definition

    known = definition.indicators(council.local)
    by = next((row["breakdown"] for row in rows if row["part"] is not None), None)
    table = Table(
        Column("id", no_wrap=True),
        Column("indicator", ratio=3, no_wrap=True, overflow="ellipsis"),
        Column("figure", ratio=2, no_wrap=True, overflow="ellipsis"),
        *([Column(by, no_wrap=True)] if by else []),
        Column("value", justify="right", no_wrap=True),
        Column("that is", justify="right", no_wrap=True),
        title=f"{_dates(rows)}, known on {rows[0]['night']}" if rows else None,
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


def _dates(rows: list[dict[str, Any]]) -> str:
    """The periods of some figures by their first and last days, once each."""
    periods = dict.fromkeys((row["period_start"], row["period_end"]) for row in rows)
    return ", ".join(str(end) if start == end else f"{start} to {end}" for start, end in sorted(periods))
