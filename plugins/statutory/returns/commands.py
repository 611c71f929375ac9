"""The commands about returns."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import astuple, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Column, Table

from statutory import asking
from statutory.errors import StatutoryError
from statutory.night import use_night
from statutory.packs.commands import words
from statutory.postgres import is_there, use
from statutory.telling import console
from statutory.warehouse import connection

if TYPE_CHECKING:
    from statutory.returns import definition as kinds
    from statutory.returns.balance import Balance
    from statutory.returns.rules import Outcome
    from statutory.settings import Council

COULD_NOT_RUN = 2
rules = typer.Typer(no_args_is_help=True, help="The rules of the returns, by year.")
returns = typer.Typer(no_args_is_help=True, help="The returns: how ready they are, and what was submitted.")
Return = Annotated[str, typer.Argument(help="The return, as its folder in sql/returns is named.")]
Year = Annotated[int, typer.Option(help="The year in which the collection ends.")]
Night = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="What was known; the published night.")]


def _digits(number: str | None) -> str | None:
    if number is not None and not re.fullmatch(r"\d{3}", number):
        raise typer.BadParameter("an authority has three digits")
    return number


def validate(
    return_name: Return,
    *,
    year: Year,
    files: Annotated[
        list[Path], typer.Option(help="The XML file, the CSV files (repeat the option), or a folder of them.")
    ],
    previous: Annotated[Path | None, typer.Option(help="The file or folder of the year before.")] = None,
    la: Annotated[
        str | None,
        typer.Option(help="The number of the authority that submits; that of the published night.", callback=_digits),
    ] = None,
    out: Annotated[Path, typer.Option(help="Where the failing rows are written, as CSV.")],
    xlsx: Annotated[Path | None, typer.Option(help="A workbook of the rules and the failing rows.")] = None,
) -> None:
    """Check a return's file against the rules of its year. Exit status 0: no failures, 1: rows fail, 2: could not
    run."""
    from statutory.returns import definition, report
    from statutory.returns.checking import check_file

    try:
        council = connection.open_council()
        connection.start(council, "scratch")
        chosen = definition.of(return_name, council.local).collection(year)
        with check_file(council, chosen, files, previous, la or _own_authority(council, chosen)) as checked:
            bar = Console(file=sys.stderr)
            outcomes = list(
                track(
                    checked.outcomes, "rules", total=checked.rules, console=bar, transient=True,
                    disable=not bar.is_terminal,
                )
            )  # fmt: skip
            failing = report.write_csv(checked.connection, chosen.return_, outcomes, out)
            if xlsx:
                report.write_workbook(checked.connection, chosen.return_, outcomes, xlsx)
            _summary(checked.records, outcomes)
    except StatutoryError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(COULD_NOT_RUN) from None
    console.print(f"{failing:,} failing rows are in {out}" if failing else f"no row fails; {out} is empty")
    raise typer.Exit(1 if failing else 0)


def _own_authority(council: "Council", chosen: "kinds.Collection") -> str | None:
    """The authority of the published night; None where there is none."""
    from statutory.returns import build

    with connection.connect(council) as opened:
        if not is_there(opened, "published", "parameter"):
            return None
        use(opened, "published")
        return build.own_authority(opened, chosen)


def lists_command(return_: "kinds.Return") -> Callable[..., None]:
    """The command that writes the lists of a return as at a day."""

    def write(
        *,
        inspection_date: Annotated[
            datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As at which day; that of the night.")
        ] = None,
        night: Night = None,
        out: Annotated[Path, typer.Option(help="The folder to write to.")],
    ) -> None:
        from statutory.returns import workbook

        with asking.opened(night, asking.published_night) as known:
            use_night(known)
            made = workbook.make(known, return_, asking.day(known, inspection_date))
            workbook.write_files(made, out)
        console.print(", ".join(f"{name.replace('_', ' ')} {rows:,}" for name, rows in made.rows.items()))
        _outcomes(made.outcomes)
        console.print(
            f"{return_.title}, as at {made.collection.period.last_day}, of the night {known.day}, is in {out}"
        )

    write.__doc__ = f"Write {return_.title}, as at a day: one workbook, one CSV per list, and how the lists agree."
    return write


def _summary(records: dict[str, int], outcomes: Sequence["Outcome"]) -> None:
    from statutory.returns.reading import UNKNOWN

    console.print("read: " + ", ".join(f"{module} {n:,}" for module, n in records.items() if module != UNKNOWN))
    _outcomes(outcomes)


def _outcomes(outcomes: Sequence["Outcome"]) -> None:
    table = Table(
        Column("rule", no_wrap=True), Column("severity"), Column("rows", justify="right"), "what is wrong",
        box=None, padding=(0, 2, 0, 0),
    )  # fmt: skip
    for outcome in sorted(outcomes, key=lambda one: (one.rule.severity, one.rule.id)):
        if outcome.state == "failed":
            table.add_row(outcome.rule.id, outcome.rule.severity, f"{outcome.failures:,}", outcome.rule.title)
    if table.row_count:
        console.print(table)
    states = Counter(outcome.state for outcome in outcomes)
    console.print(", ".join(f"{states[state]} rules {state}" for state in ("passed", "failed", "not run")))
    reasons = Counter(outcome.not_run for outcome in outcomes if outcome.not_run)
    for reason, number in reasons.items():
        console.print(f"  not run, {reason}: {number}")


@rules.command("diff")
def show_difference(
    return_name: Return,
    year: Annotated[int, typer.Argument(help="A year in which a collection ends.")],
    other: Annotated[int, typer.Argument(help="The year to compare with it.")],
) -> None:
    """Print the rules that another year adds, changes or retires."""
    from statutory.returns import definition
    from statutory.returns.rules import difference
    from statutory.settings import Council

    local = Council.of_environment().local
    found = difference(definition.of(return_name, local), year, other, local)
    table = Table("", Column("rule", no_wrap=True), "severity", "what it looks for", box=None, padding=(0, 2, 0, 0))
    for what in ("added", "changed", "retired"):
        for rule in getattr(found, what):
            table.add_row(what, rule.id, rule.severity, rule.title)
    if table.row_count:
        console.print(table)
    console.print(
        f"{return_name} {other} against {year}: {len(found.added)} rules added, {len(found.changed)} changed,"
        f" {len(found.retired)} retired"
    )


@returns.command()
def submit(
    return_name: Return,
    *,
    year: Year,
    signed_off_by: Annotated[str, typer.Option(help="The role of who signed it off.", callback=words)],
    night: Night = None,
    file: Annotated[Path | None, typer.Option(help="A file submitted from elsewhere, such as last year's.")] = None,
) -> None:
    """Keep a return as submitted; next year's rules compare with it."""
    from statutory.returns import definition, submission
    from statutory.warehouse.migrate import migrate

    migrate(council := connection.open_council())
    chosen = definition.of(return_name, council.local).collection(year)
    with connection.connect(council) as opened:
        if file:
            records = submission.submit_file(opened, chosen, file, signed_off_by)
        else:
            known = asking.published_night(council, opened, night)
            records = submission.submit(known, chosen, signed_off_by)
    console.print(f"{chosen.label}: {records:,} records kept as submitted")


@returns.command()
def readiness(night: Night = None) -> None:
    """Print the readiness of each open return on a night: errors, queries, their change, days to the deadline."""

    with asking.opened(night, asking.published_night) as known:
        found = known.connection.execute(
            """
            select return_id || ' ' || period, is_provisional, records, errors, errors - errors_before,
                queries, queries - queries_before, rules_not_run, due_on, days_to_deadline
            from quality.readiness where night = %s order by return_id, period
            """,
            (known.day,),
        ).fetchall()
    if not found:
        raise StatutoryError(f"no return was checked on the night {known.day}: run the DAG statutory_returns for it")
    numbers = ("records", "errors", "+-", "queries", "+-", "not run", "due", "days")
    table = Table(
        Column("return", no_wrap=True), *(Column(name, justify="right", no_wrap=True) for name in numbers),
        title=f"as of the night {known.day}", title_justify="left", box=None, padding=(0, 1, 0, 0),
    )  # fmt: skip
    for name, provisional, records, errors, errors_since, queries, queries_since, not_run, due, days in found:
        told = (records, errors, errors_since, queries, queries_since, not_run)
        signed = [f"{n:+,}" if place in (2, 4) and n is not None else "" if n is None else f"{n:,}"
                  for place, n in enumerate(told)]  # fmt: skip
        table.add_row(f"{name}{' provisional' if provisional else ''}", *signed, str(due), str(days))
    console.print(table)


@returns.command("gaps")
def show_gaps(
    return_name: Return,
    year: Annotated[
        int | None, typer.Option(help="The year in which the collection ends; the newest that ended.")
    ] = None,
    night: Night = None,
) -> None:
    """Print what a return lacks: for each field, the records that need it and have no value."""
    from statutory.returns import definition
    from statutory.returns.gaps import gaps

    with asking.opened(night, asking.published_night) as known:
        return_ = definition.of(return_name, known.council.local)
        chosen = return_.collection(year) if year else return_.newest(known.day)
        if not is_there(known.connection, chosen.schema(known.day)):
            raise StatutoryError(
                f"{chosen.label} is not built from the night {known.day}: run the DAG statutory_returns for it"
            )
        found = gaps(known, chosen)
    table = Table(
        Column("module", no_wrap=True), Column("field", no_wrap=True), "wanted of",
        Column("records", justify="right"), Column("missing", justify="right"), Column("", justify="right"),
        title=f"{chosen.label} as of the night {known.day}", title_justify="left", box=None, padding=(0, 2, 0, 0),
    )  # fmt: skip
    for gap in (one for one in found if one.missing):
        share = f"{100 * gap.missing / gap.records:.0f}%"
        table.add_row(
            gap.module, gap.field, gap.required_of or "voluntary", f"{gap.records:,}", f"{gap.missing:,}", share
        )
    console.print(table)
    console.print(
        f"{sum(not gap.missing for gap in found)} of {len(found)} fields are filled on every record that needs them"
    )


@returns.command("balance")
def show_balance(
    return_name: Return,
    *,
    year: Year,
    night: Night = None,
    files: Annotated[Path | None, typer.Option(help="The file of the return, in the place of a night.")] = None,
    previous: Annotated[Path | None, typer.Option(help="The file of the year before.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the people behind it are written, as CSV.")] = None,
) -> None:
    """Print whether last year's people and hours plus starters minus leavers give this year's, and who explains the
    difference."""
    from statutory import spreadsheet
    from statutory.returns import definition
    from statutory.returns.balance import Person, balance, point_at_both
    from statutory.returns.checking import check_file

    if (files is None) != (previous is None) or (files and night):
        raise StatutoryError("give two files with --files and --previous, or a night")
    council = connection.open_council("scratch" if files else "warehouse")
    chosen = definition.of(return_name, council.local).collection(year)
    if files:
        with check_file(council, chosen, [files], previous, None) as checked:
            found, title = balance(checked.connection, return_name), f"{return_name}_{year}"
    else:
        with connection.connect(council) as opened:
            known = asking.published_night(council, opened, night)
            source = point_at_both(known, chosen)
            found = balance(opened, return_name)
            opened.rollback()
        title = f"{chosen.label} as of the night {known.day}, the year before {source}"
    _print_balance(found, title)
    if out:
        columns = [field.name for field in fields(Person)]
        written = spreadsheet.write_csv(out, columns, map(astuple, found.people))
        console.print(f"{written:,} people are in {out}")


def _print_balance(found: "Balance", title: str) -> None:
    console.print(title)
    table = Table(
        "", "", Column("people", justify="right"), Column("FTE", justify="right"),
        box=None, padding=(0, 2, 0, 0),
    )  # fmt: skip
    for line in found.lines:
        table.add_row(line.kind, line.name, f"{line.people:,}", f"{line.fte:,.2f}")
    console.print(table)
    if not found.people:
        return
    people = Table(
        Column("", no_wrap=True), Column("SWENo", no_wrap=True), Column("worker", no_wrap=True), "why",
        *(Column(name, justify="right", no_wrap=True) for name in ("people", "FTE", "hours changed")),
        box=None, padding=(0, 2, 0, 0),
    )  # fmt: skip
    for one in found.people:
        people.add_row(
            one.kind, one.swe_number or "", one.worker_id or "", one.reason,
            *(f"{n:+.{digits}f}" if n else "" for n, digits in ((one.people, 0), (one.fte, 2), (one.hours_changed, 2))),
        )  # fmt: skip
    console.print(people)
