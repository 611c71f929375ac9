"""The commands about returns."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Column, Table

from statutory.errors import StatutoryError

if TYPE_CHECKING:
    from statutory.returns.rules import Outcome

COULD_NOT_RUN = 2


def validate(
    return_name: Annotated[str, typer.Argument(help="The return, such as csww.")],
    *,
    year: Annotated[int, typer.Option(help="The year in which the collection ends.")],
    files: Annotated[Path, typer.Option(help="The file of the return.")],
    previous: Annotated[Path | None, typer.Option(help="The file of the year before.")] = None,
    la: Annotated[str | None, typer.Option(help="The number of the authority that submits.")] = None,
    out: Annotated[Path, typer.Option(help="Where the failing rows are written, as CSV.")],
    xlsx: Annotated[Path | None, typer.Option(help="A workbook of the rules and the failing rows.")] = None,
) -> None:
    """Check a file of a return by the rules of its year. Exit status 0: clean, 1: rows fail, 2: it could not be run."""
    from statutory.returns import report
    from statutory.returns.checking import check_file

    console = Console(file=sys.stdout, highlight=False)
    try:
        with check_file(return_name, year, files, previous, la) as checked:
            bar = Console(file=sys.stderr)
            outcomes = list(track(checked.outcomes, "rules", total=checked.rules, console=bar, transient=True))
            failing = report.write_csv(report.findings(checked.connection, return_name, outcomes), out)
            if xlsx:
                report.write_workbook(report.findings(checked.connection, return_name, outcomes), outcomes, xlsx)
            _summary(console, checked.records, outcomes)
    except StatutoryError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(COULD_NOT_RUN) from None
    console.print(f"{failing:,} failing rows are in {out}" if failing else f"no row fails; {out} is empty")
    raise typer.Exit(1 if failing else 0)


def _summary(console: Console, records: dict[str, int], outcomes: Sequence["Outcome"]) -> None:
    from statutory.returns.reading import UNKNOWN

    console.print("read: " + ", ".join(f"{module} {n:,}" for module, n in records.items() if module != UNKNOWN))
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
