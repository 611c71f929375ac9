"""The reports: councillors' quarterly, public; managers' monthly, by team; a team's week, by worker.

They use the same parts as the pack, so figures and hidden counts are the same in all. A night gives the same bytes each
time.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from psycopg import sql

from statutory.errors import StatutoryError
from statutory.indicators import definition, disclosure
from statutory.indicators.breakdown import TEAM
from statutory.indicators.disclosure import HIDDEN
from statutory.indicators.rounding import shown
from statutory.night import Night
from statutory.packs import content, figures
from statutory.packs.content import NO_FIGURE_BEFORE, Figure
from statutory.packs.figures import INSPECTORS, PUBLIC, Edition, Known, Row
from statutory.packs.pack import put, use_night_as_at, write_csv, write_pdf
from statutory.packs.page import council_name, environment, source_rows
from statutory.warehouse.connection import Connection

MOST_HEADLINES = 3  # each way
NO_TEAM = "no team recorded"
NOBODY = "nobody recorded"
SCORECARD = ("measure", "of", "value", "target", "a year before", "England", "change")
OF_TEAM = ("measure", "of", "value", "that is", "council", "target", "a year before", "change")
TO_DO = ("measure", "record", "child", "due", "working days")
TO_DO_CSV = (
    "worker_id", "state", "indicator_id", "title", "member_key", "child_id", "due_date", "working_days_left",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One cell: its text, and of a figure the unrounded value and the key of its row in `indicator_value`."""

    text: str
    is_number: bool = False
    value: Decimal | None = None
    key: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a report: its title, a sentence, and a table."""

    id: str
    title: str
    lead: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


@dataclass
class Report:
    """What a report says, before it is laid out."""

    title: str
    lead: str
    night: date
    parts: list[Part]
    headlines: list[tuple[str, list[str]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def write_councillors(night: Night, out: Path) -> list[Path]:
    """Write a night's councillors' report: two pages, small counts hidden."""
    return _write(out, "councillors", councillors(night))


def write_managers(night: Night, out: Path, team: str | None = None) -> list[Path]:
    """Write the managers' report of a night: the scorecard of the council and of each team, or of one."""
    return _write(out, "managers", managers(night, team))


def write_teams(night: Night, out: Path, team: str | None = None) -> list[Path]:
    """Write the tasks of each team, or of one: overdue, and due within five working days."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    names: set[str] = set()
    for team_id, report, lines in teams(night, team):
        # Ids become file names; two ids that give the same name get a number.
        name = slug = "team_" + (re.sub(r"[^A-Za-z0-9-]+", "_", team_id) or "none")
        number = 1
        while name.lower() in names:
            number += 1
            name = f"{slug}_{number}"
        names.add(name.lower())
        written.append(put(out / f"{name}.html", _html(report)))
        written.append(write_csv(out / f"{name}.csv", TO_DO_CSV, lines))
    return written


def councillors(night: Night) -> Report:
    """The councillors' report: changes beyond chance, what cannot be measured well, and the scorecard."""
    lines = [(row, _head(row)) for row in _shown_rows(night, PUBLIC)]
    rows = [_scored(figure) for _, figure in lines if figure]
    moved = sorted(
        (
            (-strength, figure)
            for row, figure in lines
            if figure and figure.change in ("better", "worse") and (strength := _strength(row)) is not None
        ),
        key=lambda one: (one[0], one[1].indicator),
    )
    compared = sum(figure is not None and figure.change not in ("", NO_FIGURE_BEFORE) for _, figure in lines)
    none = f"None of the {compared} measures with figures for both dates changed in this direction by more than chance."
    headlines = [
        (
            f"{word.capitalize()} than a year before",
            [_sentence(figure) for _, figure in moved if figure.change == word][:MOST_HEADLINES]
            or [none if compared else "Not known: no measure has a figure both now and a year before."],
        )
        for word in ("better", "worse")
    ]
    headlines.append(("Cannot be measured well", [_weakest(night.connection, lines)]))
    report = _report(night, "report to councillors", [
        Part("scorecard", "The scorecard", "", SCORECARD, rows),
    ])  # fmt: skip
    report.lead += f" {disclosure.TOLD}"
    report.headlines = headlines
    return report


def managers(night: Night, team: str | None = None) -> Report:
    """The managers' report: the scorecard of the council, and by team each measure that is known by team.

    Raises:
        StatutoryError: no measure is known of the team that is asked for.
    """
    rows = _shown_rows(night, INSPECTORS)
    heads = [(row, _head(row)) for row in rows]
    parts = [Part("council", "The council", "", SCORECARD, [_scored(figure) for _, figure in heads if figure])]
    before = _teams_before(night.connection, rows)
    by_team: dict[tuple[str, str], list[tuple[Cell, ...]]] = {}
    for row, head in heads:
        for found in row["parts"].get(TEAM, ()):
            name = found["team"] or found["part"] or NO_TEAM
            if head and team in (None, found["part"], found["team"]):
                by_team.setdefault((name, found["part"] or ""), []).append(
                    _of_team(row, head, found, before.get((row["indicator"].id, found["part"] or "")))
                )
    if team and not by_team:
        raise StatutoryError(f"the scorecard has no measure for a team {team} on the night {night.day}")
    # Rows without a team come last.
    order = sorted(by_team, key=lambda one: (one[1] == "", one))
    parts += [
        Part(
            f"team-{number}", name if name == part or not part else f"{name} ({part})", "", OF_TEAM, by_team[name, part]
        )
        for number, (name, part) in enumerate(order, 1)
    ]
    report = _report(night, "report to managers, by team", parts)
    report.lead += " For managers only: small numbers are shown."
    return report


def teams(night: Night, team: str | None = None) -> list[tuple[str, Report, list[tuple[Any, ...]]]]:
    """The week of each team, or of one: its id, the report, and the lines as they stand in the CSV.

    Raises:
        StatutoryError: there is no such team.
    """
    use_night_as_at(night, night.day)
    found = figures.rows(
        night.connection,
        """
        select worklist.*, coalesce(worklist.team_id, '') as team, department.dept_team_name as team_name,
            worklist.due_date < %(night)s as is_past
        from worklist
        left join ssd_department as department on department.dept_team_id = worklist.team_id
        order by worklist.team_id nulls last, worklist.worker_id nulls first, is_past desc, worklist.due_date,
            worklist.indicator_id, worklist.member_key
        """,
        {"night": night.day},
    )
    defined = definition.indicators(night.council.local)
    for row in found:
        measure = defined.get(row["indicator_id"])
        row["title"] = measure.title if measure else row["indicator_id"]
    names = {row["team"]: row["team_name"] or row["team"] or NO_TEAM for row in found}
    if team is not None and not any(team in one for one in names.items()):
        known = night.connection.execute(
            "select dept_team_id, coalesce(dept_team_name, dept_team_id) from ssd_department"
            " where %(team)s in (dept_team_id, dept_team_name) order by dept_team_id",
            {"team": team},
        ).fetchall()
        if not known:
            raise StatutoryError(f"there is no team {team} on the night {night.day}")
        names = dict(known)
    wanted = [one for one in names.items() if team is None or team in one]
    return [
        (team_id, _week(night, name, rows), [_line(row) for row in rows])
        for team_id, name in wanted
        for rows in [[row for row in found if row["team"] == team_id]]
    ]


def _week(night: Night, name: str, rows: list[Row]) -> Report:
    workers = list(dict.fromkeys(row["worker_id"] for row in rows))
    held = {worker: [row for row in rows if row["worker_id"] == worker] for worker in workers}
    past = sum(row["is_past"] for row in rows)
    parts = [
        Part(f"worker-{number}", worker or NOBODY, _counted(mine), TO_DO, [_to_do(row) for row in mine])
        for number, (worker, mine) in enumerate(held.items(), 1)
    ]
    report = _report(night, f"the week of {name}", parts)
    report.lead += f" For the team only. {past} overdue, {len(rows) - past} due within five working days."
    report.notes = [
        "The worker is that of the record, or else the child's case holder. A record can be listed for several"
        " measures."
    ]
    return report


def _counted(rows: Sequence[Row]) -> str:
    past = sum(row["is_past"] for row in rows)
    return f"{past} overdue, {len(rows) - past} due within five working days"


def _to_do(row: Row) -> tuple[Cell, ...]:
    left = row["working_days_left"]
    when = f"{-left} over" if left < 0 else ("over" if row["is_past"] else f"{left} left" if left else "today")
    title = f"{row['title']} {row['indicator_id']}"
    return (
        Cell(title), Cell(row["member_key"]), Cell(row["child_id"] or ""), Cell(str(row["due_date"])),
        Cell(when, is_number=True),
    )  # fmt: skip


def _line(row: Row) -> tuple[Any, ...]:
    return (
        row["worker_id"], "past the target" if row["is_past"] else "due", row["indicator_id"],
        row["title"], row["member_key"], row["child_id"], row["due_date"], row["working_days_left"],
    )  # fmt: skip


def _shown_rows(night: Night, edition: Edition) -> list[Row]:
    """What an edition shows of each measure of the scorecard."""
    use_night_as_at(night, night.day)
    known = Known(night, edition)
    defined = known.indicators
    return [figures.section(known, defined[name]) for name in content.scorecard() if name in defined]


def _head(row: Row) -> Figure | None:
    """The line of a measure: its value, in the first view of its first kind of period."""
    return next(iter(content.figure_lines(row, is_brief=True)), None)


def _scored(figure: Figure) -> tuple[Cell, ...]:
    return (
        Cell(f"{figure.title} {figure.indicator}"), Cell(figure.what),
        Cell(figure.text, is_number=True, value=figure.value, key=f"{figure.key}|whole|"),
        Cell(figure.target, is_number=True), Cell(figure.before, is_number=True),
        Cell(figure.england, is_number=True), Cell(figure.change),
    )  # fmt: skip


def _teams_before(connection: Connection, rows: Iterable[Row]) -> dict[tuple[str, str], Row]:
    """The values by team for the day with which each measure of the council is compared, by measure and team."""
    heads = [row["head"]["before"] for row in rows if row["head"] and row["head"]["before"]]
    names = ("indicator_id", "view", "period_kind", "period_end", "figure")
    found = figures.rows(
        connection,
        """
        select indicator_value.* from indicator_value
        inner join unnest(%s::text[], %s::text[], %s::text[], %s::date[], %s::text[])
            as asked (indicator_id, view, period_kind, period_end, figure)
            using (indicator_id, view, period_kind, period_end, figure)
        where indicator_value.breakdown = %s
        """,
        (*([head[name] for head in heads] for name in names), TEAM),
    )
    return {(row["indicator_id"], row["part"] or ""): row for row in found}


def _of_team(measure: Row, head: Figure, row: Row, before: Row | None) -> tuple[Cell, ...]:
    text = content.text(row, measure["sign"]) or "nothing to count"
    whole = row["numerator"] is not None and row["denominator"] is not None
    names = ("indicator_id", "view", "period_kind", "period_end", "figure", "breakdown", "part")
    return (
        Cell(f"{head.title} {head.indicator}"), Cell(head.what),
        Cell(text, is_number=True, value=row["value"], key="|".join(str(row[name] or "") for name in names)),
        Cell(f"{shown(row['numerator'])} of {shown(row['denominator'])}" if whole else "", is_number=True),
        Cell(head.text, is_number=True), Cell(head.target, is_number=True),
        Cell(content.text(before, measure["sign"]), is_number=True),
        Cell(content.change(row, before, measure["header"]["better"])),
    )  # fmt: skip


def _strength(row: Row) -> Decimal | None:
    head = row["head"]
    return content.strength_of_change(head, head["before"]) if head and head["before"] else None


def _sentence(figure: Figure) -> str:
    return f"{figure.title}: {figure.text}, a year before {figure.before}"


def _weakest(connection: Connection, lines: Iterable[tuple[Row, Figure | None]]) -> str:
    """The measure with no figure at all, else the one that leaves out most of its records, else one that is hidden."""
    # What anybody may see of the share of its records that a measure leaves out.
    counted = sql.SQL(
        """
        with counted as (
            select indicator_id, indicator_id as name, indicator_id as whole, false as is_part,
                (records - counted)::numeric as numerator, records::numeric as denominator,
                100.0 * (records - counted) / nullif(records, 0) as value
            from clock_scope
        )
        select indicator_id, public_value from ({}) as judged
        """
    ).format(disclosure.rule())
    without: dict[str, Decimal | None] = dict(connection.execute(counted).fetchall())
    hidden, left_out = "", (Decimal(0), "")
    for row, figure in lines:
        title = row["indicator"].title
        if figure is None or (figure.value is None and figure.text != HIDDEN):
            return f"{title}: {'no figure is kept' if figure is None else figure.text}"
        if figure.text == HIDDEN:
            hidden = hidden or f"{title}: too few children or workers to publish a figure"
        share = without.get(row["indicator"].id) or Decimal(0)
        if share > left_out[0]:
            left_out = share, f"{title}: {shown(share)}% of its records cannot be counted"
    return left_out[1] or hidden or "Every measure of the scorecard counts all its records."


def _report(night: Night, kind: str, parts: list[Part]) -> Report:
    council = council_name(night.connection) or "Children's services"
    day = f"{night.day.day} {night.day:%B %Y}"
    late = [
        s["source"] for s in source_rows(night.connection) if s["accepted_night"] and s["accepted_night"] < night.day
    ]
    return Report(
        title=f"{council}: {kind}",
        lead=f"As known on {day}.",
        night=night.day,
        parts=parts,
        notices=[f"The rows of {source} are older than the night." for source in late],
        notes=[
            "Every figure is calculated from the records of that night, by rules in the project's SQL; no figure was"
            " entered by hand. Figures are rounded last, halves up.",
            "Better and worse compare with a year before, where the difference is more than chance would make for so"
            " many records (95 of 100); of medians, means and sums chance is not tested. England is"
            " what was published last, of the year in brackets, which is not the council's period.",
            "Not recorded is never counted as done. Of two views of a measure, what was finished in the period and"
            " what fell due in it, the one named is shown.",
        ],
    )


def _write(out: Path, name: str, report: Report) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    return [
        put(out / f"{name}.html", _html(report)),
        write_pdf(out / f"{name}.pdf", "report.typ.j2", {"report": report}, {}),
        write_csv(
            out / f"{name}.csv",
            ("part", *dict.fromkeys(column for part in report.parts for column in part.columns)),
            [
                (part.title, *(named.get(column, "") for column in _columns(report)))
                for part in report.parts
                for row in part.rows
                for named in [dict(zip(part.columns, (cell.text for cell in row), strict=True))]
            ],
        ),
    ]


def _columns(report: Report) -> list[str]:
    return list(dict.fromkeys(column for part in report.parts for column in part.columns))


def _html(report: Report) -> str:
    return environment().get_template("report.html.j2").render(report=report)
