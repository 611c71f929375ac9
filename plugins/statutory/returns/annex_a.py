"""Annex A, the inspectorate's eleven lists of children: built as at a day, held together, one workbook."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from psycopg import sql

from statutory import spreadsheet
from statutory.errors import StatutoryError
from statutory.returns import build, fix_list, layout, report
from statutory.returns.build import Collection
from statutory.returns.layout import Field
from statutory.returns.night import check_return
from statutory.returns.rules import Outcome
from statutory.spreadsheet import Sheet
from statutory.warehouse.connection import Connection
from statutory.warehouse.nights import night_schema

RETURN = "annex_a"
METHOD = {"what": 34, "how": 110, "rows": 12}
WIDTHS = {"date": 13, "integer": 12}  # characters; text by what stands above it
NOTES = (
    ("Both ends of six months, and of twelve, are in", "also where lists 3 and 5 count back from the latest event"),
    ("What happened after the inspection date", "is not shown, though the night knows it"),
    ("Open on the inspection date", "is what has begun by then and ends after it or not at all"),
    ("Series of short breaks (V3, V4)", "are no time in care"),
    ("Codes that no list knows", "stand as the source has them"),
)


@dataclass(frozen=True)
class AnnexA:
    """The lists as built: the day and the night, the rows of each list, and what each rule came to."""

    collection: Collection
    night: date
    rows: dict[str, int]
    outcomes: Sequence[Outcome]


def make(connection: Connection, inspection_date: date, night: date) -> AnnexA:
    """Build the lists as at a day from what a night knew, and run the rules of reconciliation on them.

    Raises:
        StatutoryError: the day is after the night, or the night is not built.
    """
    if inspection_date > night:
        raise StatutoryError(f"the night {night} does not know {inspection_date}: give a later night")
    if not connection.execute("select to_regnamespace(%s)", (night_schema(night),)).fetchall()[0][0]:
        raise StatutoryError(f"the night {night} is not built: run `statutory build --night {night}`")
    chosen = build.as_at(RETURN, inspection_date)
    rows = build.build_return(connection, chosen, night)
    outcomes = check_return(connection, chosen, night, sum(rows.values()))
    return AnnexA(chosen, night, {name: rows[name] for name in layout.modules(RETURN)}, outcomes)


def write_workbook(
    connection: Connection, inspection_date: date, night: date, path: Path, *, footer: str = ""
) -> AnnexA:
    """Build the lists and write them into one workbook with what the rules found and how it was made."""
    made = make(connection, inspection_date, night)
    write_book(connection, made, path, footer=footer)
    return made


def write_book(connection: Connection, made: AnnexA, path: Path, *, footer: str = "") -> None:
    """Write lists that are built into one workbook; the same night and day give the same bytes."""
    lists = [
        Sheet(module.replace("_", " "), {field.title: _width(field) for field in fields}, _rows(connection, module))
        for module, fields in layout.modules(RETURN).items()
    ]
    rules = [(o.rule.id, o.rule.severity, o.state, o.failures, o.rule.title, o.not_run) for o in _ordered(made)]
    spreadsheet.write_workbook(
        path,
        [*lists, Sheet("Reconciliation", report.RULE_COLUMNS, rules), Sheet("Method", METHOD, _method(made))],
        made=made.night,
        footer=footer,
    )


def write_files(connection: Connection, made: AnnexA, folder: Path) -> None:
    """Write the workbook, a CSV a list, what each rule came to, and the failing rows by team and worker."""
    folder.mkdir(parents=True, exist_ok=True)
    write_book(connection, made, folder / "annex_a.xlsx")
    for module in layout.modules(RETURN):
        layout.write_csv(connection, RETURN, module, folder / f"annex_a_{module.lower()}.csv")
    rules = [(o.rule.id, o.rule.severity, o.state, o.failures, o.rule.title, o.not_run) for o in _ordered(made)]
    spreadsheet.write_csv(folder / "annex_a_reconciliation.csv", list(report.RULE_COLUMNS), rules)
    failing = fix_list.rows(connection, made.collection, made.night)
    spreadsheet.write_csv(folder / "annex_a_fix_list.csv", list(fix_list.COLUMNS), failing)


def _ordered(made: AnnexA) -> list[Outcome]:
    return sorted(made.outcomes, key=lambda one: one.rule.id)


def _rows(connection: Connection, module: str) -> Iterator[tuple[Any, ...]]:
    names = [sql.Identifier(field.name) for field in layout.modules(RETURN)[module]]
    with connection.cursor(name=module.lower()) as cursor:
        cursor.itersize = 10_000
        yield from cursor.execute(
            sql.SQL("select {} from {} order by row_id").format(
                sql.SQL(", ").join(names), sql.Identifier(module.lower())
            )
        )


def _width(field: Field) -> int:
    return WIDTHS.get(field.type) or max(16, min(len(field.title) // 2, 36))


def _method(made: AnnexA) -> Iterator[tuple[str, str, int | None]]:
    chosen = made.collection
    yield "Inspection date", f"{chosen.end:%d %B %Y}", None
    yield "Night", f"{made.night:%d %B %Y}: what was recorded by the end of that day", None
    yield "Six months", f"{chosen.start:%d %B %Y} to {chosen.end:%d %B %Y}", None
    titles = {build.module_name(file): file for file in build.modules(chosen)}
    for module, rows in made.rows.items():
        header = titles[module].header
        yield f"{module.replace('_', ' ')}: {header['title']}", header["grain"], rows
    for what, how in NOTES:
        yield what, how, None
