"""A return as at a day: its lists as known on a night, checked by its rules, in one workbook."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from psycopg import sql

from statutory import spreadsheet
from statutory.errors import StatutoryError
from statutory.night import Night, use_night
from statutory.returns import build, definition, fix_list, layout, report
from statutory.returns.definition import Collection, Return
from statutory.returns.layout import Field
from statutory.returns.night import check_return
from statutory.returns.rules import Outcome
from statutory.spreadsheet import Sheet

METHOD = {"what": 34, "how": 110, "rows": 12}
WIDTHS = {"date": 13, "integer": 12}  # characters; text by what stands above it


@dataclass(frozen=True)
class Lists:
    """The lists as built: the day and the night, the rows of each list, and what each rule came to."""

    collection: Collection
    night: Night
    rows: dict[str, int]
    outcomes: Sequence[Outcome]


def make(night: Night, return_: Return, day: date) -> Lists:
    """Build the lists as at a day from what a night knew, and run the rules of reconciliation on them.

    Raises:
        StatutoryError: the day is after the night, or the night is not built.
    """
    if day > night.day:
        raise StatutoryError(f"{day} is after the night {night.day}: give a later night")
    use_night(night)
    chosen = return_.as_at(day)
    rows = build.build_return(night, chosen)
    outcomes = check_return(night, chosen, sum(rows.values()))
    return Lists(chosen, night, {name: rows[name] for name in layout.modules(return_)}, outcomes)


def write_workbooks(night: Night, day: date, folder: Path, *, footer: str) -> dict[Path, Return]:
    """Build every return that is asked for as at a day, and write the workbook of each into a folder."""
    written = {}
    for one in definition.returns(night.council.local).values():
        if one.period_kind == "day":
            path = folder / f"{one.id}.xlsx"
            write_book(make(night, one, day), path, footer=footer)
            written[path] = one
    return written


def write_book(made: Lists, path: Path, *, footer: str = "") -> None:
    """Write lists that are built into one workbook; the same night and day give the same bytes."""
    lists = [
        Sheet(module.replace("_", " "), {field.title: _width(field) for field in fields}, _rows(made, module))
        for module, fields in layout.modules(made.collection.return_).items()
    ]
    spreadsheet.write_workbook(
        path,
        [*lists, Sheet("Reconciliation", report.RULE_COLUMNS, _rules(made)), Sheet("Method", METHOD, _method(made))],
        made=made.night.day,
        footer=footer,
    )


def write_files(made: Lists, folder: Path) -> None:
    """Write the workbook, a CSV a list, what each rule came to, and the failing rows by team and worker."""
    folder.mkdir(parents=True, exist_ok=True)
    name = made.collection.return_id
    write_book(made, folder / f"{name}.xlsx")
    for module in layout.modules(made.collection.return_):
        layout.write_csv(
            made.night.connection, made.collection.return_, module, folder / f"{name}_{module.lower()}.csv"
        )
    spreadsheet.write_csv(folder / f"{name}_reconciliation.csv", list(report.RULE_COLUMNS), _rules(made))
    failing = fix_list.rows(made.night, made.collection)
    spreadsheet.write_csv(folder / f"{name}_fix_list.csv", list(fix_list.COLUMNS), failing)


def _rules(made: Lists) -> list[tuple[Any, ...]]:
    found = sorted(made.outcomes, key=lambda one: one.rule.id)
    return [(o.rule.id, o.rule.severity, o.state, o.failures, o.rule.title, o.not_run) for o in found]


def _rows(made: Lists, module: str) -> Iterator[tuple[Any, ...]]:
    names = [sql.Identifier(field.name) for field in layout.modules(made.collection.return_)[module]]
    with made.night.connection.cursor(name=module.lower()) as cursor:
        cursor.itersize = 10_000
        yield from cursor.execute(
            sql.SQL("select {} from {} order by row_id").format(
                sql.SQL(", ").join(names), sql.Identifier(module.lower())
            )
        )


def _width(field: Field) -> int:
    return WIDTHS.get(field.type) or max(16, min(len(field.title) // 2, 36))


def _method(made: Lists) -> Iterator[tuple[str, str, int | None]]:
    chosen, period = made.collection, made.collection.period
    yield "Inspection date", f"{period.last_day:%d %B %Y}", None
    yield "Night", f"{made.night.day:%d %B %Y}: what was recorded by the end of that day", None
    yield "Six months", f"{period.first_day:%d %B %Y} to {period.last_day:%d %B %Y}", None
    titles = {build.module_name(file): file for file in build.modules(chosen, made.night.council.local)}
    for module, rows in made.rows.items():
        header = titles[module].header
        yield f"{module.replace('_', ' ')}: {header['title']}", header["grain"], rows
    for what, how in chosen.return_.notes:
        yield what, how, None
