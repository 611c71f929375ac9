"""The commands about the inspection pack, the reports and the journey of one child."""

import json
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.table import Column, Table

from statutory import asking, spreadsheet
from statutory.errors import StatutoryError
from statutory.indicators.commands import Format
from statutory.night import use_night
from statutory.telling import console
from statutory.warehouse import connection

LONDON = ZoneInfo("Europe/London")
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]
Night = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="As known on this night; default: the published one."),
]


def words(said: str | None) -> str | None:
    """Refuse an empty option."""
    if said is not None and not said.strip():
        raise typer.BadParameter("it is empty")
    return said


Role = Annotated[str, typer.Option(help="Your role; never a name.", callback=words)]


class Reader(StrEnum):
    """Whom a report is for."""

    councillors = "councillors"
    managers = "managers"
    team = "team"


def pack(
    *,
    out: Annotated[Path, typer.Option(help="The folder of the two editions.")],
    inspection_date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As at this day; the night.")
    ] = None,
    night: Night = None,
    reader: Annotated[
        str | None,
        typer.Option(
            help="The reader of this copy: printed on every page of the inspectors' edition, and recorded.",
            callback=words,
        ),
    ] = None,
) -> None:
    """Write the inspection pack: inspectors' and public edition, each as web page, PDF and CSV, with the evidence."""
    from statutory.packs import pack as packs

    with asking.opened(night, asking.published_night) as known:
        use_night(known)
        day = asking.day(known, inspection_date)
        copy = packs.Copy(reader, datetime.now(LONDON)) if reader is not None else None
        if copy:
            packs.record(known, day, copy)
        files = packs.write(known, day, out, copy)
    console.print(f"{len(files)} files of {day}, as known on {known.day}, in {out}")


def freeze(
    *,
    reason: Annotated[str, typer.Option(help="Why the pack is frozen.", callback=words)],
    role: Role,
    inspection_date: Day = None,
    night: Night = None,
) -> None:
    """Freeze a night's pack: the night and the reason are kept for good."""
    from statutory.packs import commentary

    with asking.opened(night, asking.published_night) as known:
        use_night(known)
        day = asking.day(known, inspection_date)
        commentary.freeze(known, day, reason, role)
    console.print(f"the pack of the night {known.day} for {day} is frozen")


def comment(
    section: Annotated[str, typer.Argument(help="The section, such as assessment.")],
    *,
    role: Role,
    text: Annotated[str | None, typer.Option(help="The comment.", callback=words)] = None,
    night: Night = None,
    public: Annotated[bool, typer.Option("--public", help="In the public edition too.")] = False,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Withdraw the newest comment, or the newest public one.")
    ] = False,
) -> None:
    """Add a comment to a section of the pack, stored with today's figures; or withdraw one.

    It appears only in the inspectors' edition unless --public is given.
    """
    from statutory.packs import commentary, content, figures
    from statutory.packs import pack as packs

    known_sections = [planned["id"] for planned in content.plan()]
    if section not in known_sections:
        raise StatutoryError(f"there is no section {section}; there is {', '.join(known_sections)}")
    if (text is None) != withdraw:
        raise StatutoryError("give the comment with --text, or withdraw the newest one with --withdraw")
    with connection.connect(council := connection.open_council()) as opened:
        if text is None:
            commentary.withdraw(opened, section, role, is_public=public)
            console.print(f"withdrawn from {section}")
            return
        known = asking.published_night(council, opened, night)
        packs.use_night_as_at(known, known.day)
        told = next(one for one in content.sections(figures.Known(known)) if one.id == section)
        commentary.write(
            known, section, known.day, role=role, body=text, written_on=datetime.now(LONDON).date(),
            figures=told.shown_figures(), is_public=public,
        )  # fmt: skip
    console.print(f"written on {section}, on the figures of {known.day}")


def journey(
    child_id: Annotated[str, typer.Argument(help="The id of the child, or the pseudonym by which analysts know it.")],
    night: Night = None,
    identified: Annotated[bool, typer.Option("--identified", help="With ids in place of pseudonyms.")] = False,
    output: Annotated[Format, typer.Option("--format")] = Format.table,
) -> None:
    """Print every event of one child up to a night, oldest first, without names or birth dates."""
    from statutory.packs import journey as journeys

    with asking.opened(night, asking.published_night) as known:
        told = journeys.journey(known, child_id, identified=identified)
    lines = [tuple(str(getattr(event, name) or "") for name in journeys.COLUMNS) for event in told.events]
    if output is Format.json:
        events = [dict(zip(journeys.COLUMNS, line, strict=True)) for line in lines]
        said = {"child": told.child, "night": str(known.day), "events": events}
        sys.stdout.write(json.dumps(said, indent=1) + "\n")
    elif output is Format.csv:
        spreadsheet.put_rows(sys.stdout, ("child", *journeys.COLUMNS), ((told.child, *line) for line in lines))
    else:
        printed = Table(
            *(Column(name.replace("_", " "), overflow="fold") for name in journeys.COLUMNS),
            title=f"child {told.child}, known on {known.day}", title_justify="left",
        )  # fmt: skip
        for line in lines:
            printed.add_row(*line)
        console.print(printed)


def report(
    reader: Annotated[Reader, typer.Argument(help="councillors (public), managers (by team), or team (its week).")],
    *,
    out: Annotated[Path, typer.Option(help="The folder of the report.")],
    team: Annotated[str | None, typer.Option(help="One team, by its id or name; every team.")] = None,
    night: Night = None,
) -> None:
    """Write a report: for councillors, for managers, or each team's tasks of the week."""
    from statutory.packs import reports

    if reader is Reader.councillors and team:
        raise StatutoryError("the councillors' report covers the whole council: leave out --team")
    with asking.opened(night, asking.published_night) as known:
        if reader is Reader.councillors:
            files = reports.write_councillors(known, out)
        elif reader is Reader.managers:
            files = reports.write_managers(known, out, team)
        else:
            files = reports.write_teams(known, out, team)
    console.print(f"{len(files)} files as known on {known.day} in {out}")
