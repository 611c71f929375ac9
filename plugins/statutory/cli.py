"""`statutory …`: every command ends with a result or with one sentence that says what to do."""

import json
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import psycopg
import typer
from rich.console import Console
from rich.table import Column, Table

from statutory.errors import StatutoryError
from statutory.indicators import commands as figures
from statutory.packs import commands as packs
from statutory.returns import commands
from statutory.settings import settings
from statutory.warehouse import connection

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
warehouse = typer.Typer(no_args_is_help=True, help="The embedded PostgreSQL.")
app.add_typer(warehouse, name="warehouse")
sources = typer.Typer(no_args_is_help=True, help="The extracts of a night, before they are loaded.")
app.add_typer(sources, name="sources")
app.command()(commands.validate)
app.command("annex-a")(commands.annex_a)
for command in (
    figures.indicators, figures.trace, figures.explain,
    packs.pack, packs.freeze, packs.comment, packs.journey, packs.report,
):  # fmt: skip
    app.command()(command)
app.add_typer(commands.returns, name="returns")
console = Console()


@app.callback()
def root() -> None:
    """From the nightly extracts to the returns, the indicators and the inspection pack."""


@app.command("settings")
def show_settings() -> None:
    """Print every setting, where secrets stay hidden."""
    for name, value in settings():
        console.print(f"{name} = {value}", highlight=False)


Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])]


@app.command("suites")
def render_suites() -> None:
    """Render the base expectation suites from the contract into `expectations/sources/`."""
    from statutory.quality import suites

    console.print(f"{suites.write_all()} suites written", highlight=False)


@sources.command("check")
def check_sources(
    source: Annotated[Path | None, typer.Option(help="Folder of extracts: <night>/<source>/<file>.")] = None,
    night: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The newest of the folder.")] = None,
) -> None:
    """Read a night's extracts without loading them: what each table brings. Exit status 1 when one cannot be taken.

    At the end stands the setting that names the tables which did not come, for a council that does not have them.
    """
    from statutory.sources import contract
    from statutory.sources.folder import newest_night, source_folder
    from statutory.sources.survey import survey
    from statutory.warehouse.migrate import migrate

    folder = source or source_folder()
    wanted = night.date() if night else newest_night(folder)
    migrate()
    states: dict[str, str] = {}
    for name in contract.SOURCES:
        table = Table(
            Column("table", no_wrap=True), "state", Column("rows", justify="right"), Column("filled", justify="right"),
            "what to look at", title=name, title_justify="left", box=None, padding=(0, 2, 0, 0),
        )  # fmt: skip
        with connection.connect() as opened:
            for found in survey(opened, name, folder, wanted):
                states[found.table.name] = found.state
                filled = f"{found.filled:.0f}%" if found.rows else ""
                table.add_row(found.table.name, found.state, f"{found.rows:,}", filled, _to_look_at(found))
            opened.rollback()
        console.print(table, "")
    missing = [name for name, state in states.items() if state == "missing"]
    if missing:
        names = json.dumps(sorted({*missing, *settings().unsupplied}))
        sys.stdout.write(
            f"{len(missing)} tables did not come. Where the council does not have them, set this in the environment:\n"
            f"STATUTORY_UNSUPPLIED='{names}'\n"
            f"or write this line into statutory.toml:\n"
            f"unsupplied = {names}\n"
        )
    raise typer.Exit(1 if missing or "broken" in states.values() else 0)


def _to_look_at(found: Any) -> str:
    said = [found.reason] if found.reason else []
    if found.costs:
        said.append(f"no source for {', '.join(found.costs)}")
    if found.unmapped:
        said.append(f"not mapped: {', '.join(found.unmapped)}")
    if found.empty:
        said.append(f"empty: {', '.join(found.empty)}")
    said += [f"{column}: {count:,} rows with an unknown code" for column, count in found.unknown_codes.items()]
    said += [f"{column}: {count:,} rows that cannot be read" for column, count in found.untyped.items()]
    return "; ".join(said)


@app.command()
def sample(
    *,
    out: Annotated[Path, typer.Option(help="The folder to write to: <night>/<source>/<table>.csv.")],
    children: Annotated[int, typer.Option(min=50, help="About how many are known on the first night.")] = 2000,
    nights: Annotated[int, typer.Option(min=1, help="How many, up to the last.")] = 1,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last night; 2025-11-14.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed makes the same council.")] = 1,
    defects: Annotated[bool, typer.Option(help="With the defects of real extracts, listed in defects.csv.")] = True,
    census_defects: Annotated[
        bool, typer.Option(help="With defects that each break one rule of the workforce census, listed with the rule.")
    ] = False,
    annex_defects: Annotated[
        bool, typer.Option(help="With defects that each break a rule of Annex A, listed with the rule.")
    ] = False,
) -> None:
    """Write the extracts of a made-up council whose workforce tells the published story."""
    from statutory import sample as council

    last = until.date() if until else council.FIRST_NIGHT
    council.write(
        out, children=children, nights=nights, until=last, seed=seed, defects=defects, census=census_defects,
        annex=annex_defects,
    )  # fmt: skip
    console.print(f"{nights} night{'s' if nights > 1 else ''} up to {last} in {out}", highlight=False)


@app.command()
def nightly(
    source: Annotated[Path | None, typer.Option(help="Folder of extracts: <night>/<source>/<table>.csv.")] = None,
    night: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The newest of the folder.")] = None,
) -> None:
    """Run the real DAGs of the night here; exit status 1 when a part of them failed.

    Without a folder of extracts the night is that of a made-up council, which grows to a later night when asked for.
    """
    from statutory.sources.folder import newest_night
    from statutory.tasks import shown

    folder = (source or _extracts(night.date() if night else None)).resolve()
    raise typer.Exit(0 if shown.night(folder, night.date() if night else newest_night(folder)) else 1)


def _extracts(night: date | None) -> Path:
    """The folder of the settings, or that of the made-up council where they name no source at all."""
    from statutory.sources.folder import source_folder
    from statutory.tasks import local

    return source_folder() if settings().source or settings().databases else local.sample(night)


@app.command()
def archive(source: Annotated[Path, typer.Option(help="Folder of extracts: <night>/<source>/<table>.csv.")]) -> None:
    """Run every night of a folder that is later than the newest one loaded, oldest first; stop at one that fails."""
    from statutory.sources.folder import nights_of
    from statutory.tasks import shown
    from statutory.warehouse import runs
    from statutory.warehouse.migrate import migrate

    migrate()
    with connection.connect() as opened:
        newest = runs.newest_loaded(opened)
    waiting = [night for night in nights_of(source) if newest is None or night > newest]
    console.print(f"{len(waiting)} nights to load, the newest one loaded is {newest or 'none'}", highlight=False)
    for night in waiting:
        if not shown.night(source.resolve(), night):
            raise typer.Exit(1)


@app.command()
def airflow() -> None:
    """Serve Airflow's pages on the embedded server until Ctrl-C; the address and the login are printed."""
    from statutory.tasks import components

    os.environ.setdefault("STATUTORY_SOURCE", str(_extracts(None)))
    settings.cache_clear()
    components.serve()


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="The file to write.")]) -> None:
    """Write the whole warehouse but what landed into one file."""
    from statutory.warehouse import backup as copying

    copying.backup(file)
    console.print(f"the warehouse is in {file}", highlight=False)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that `statutory backup` wrote.")]) -> None:
    """Bring an empty warehouse to what a file holds."""
    from statutory.warehouse import backup as copying

    night = copying.restore(file)
    console.print(f"restored; the published night is {night}", highlight=False)


@app.command()
def build(night: Day) -> None:
    """Make the schema of a night again from history: its views, marts and indicators."""
    from statutory.indicators import definition, results
    from statutory.warehouse import roles
    from statutory.warehouse.build import build_night
    from statutory.warehouse.nights import night_schema

    with connection.connect() as opened:
        rows = build_night(opened, night.date())
        results.keep(opened, definition.indicators().values(), night.date())
        roles.open_night(opened, night.date())
    console.print(f"{night_schema(night.date())}: {len(rows)} marts, {sum(rows.values())} rows", highlight=False)


@warehouse.command()
def up() -> None:
    """Start the embedded server; nothing happens when it runs."""
    connection.embedded().up()
    console.print("the warehouse is up")


@warehouse.command()
def down() -> None:
    """Stop the embedded server."""
    console.print("the warehouse is down" if connection.embedded().down() else "the warehouse was not running")


@warehouse.command()
def status() -> None:
    """Say whether the embedded server runs; exit status 1 when it does not."""
    running = connection.embedded().running()
    console.print("the warehouse is up" if running else "the warehouse is down")
    raise typer.Exit(0 if running else 1)


@warehouse.command()
def prepare() -> None:
    """Bring the warehouse to the project's state, and make the database of Airflow beside it; can be run again."""
    from statutory.warehouse.migrate import migrate

    connection.make_database("airflow")
    migrate()
    console.print("the warehouse is ready")


@warehouse.command("url")
def show_url(database: Annotated[str, typer.Option(help="warehouse, airflow or scratch")] = "warehouse") -> None:
    """Print the address of the warehouse, password included, as one bare line."""
    sys.stdout.write(connection.url(database) + "\n")


def main() -> None:
    """The command line; an error that a person can mend is one line and exit status 1."""
    try:
        app()
    except StatutoryError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn):
        sys.stderr.write(
            "the warehouse, or the night asked for, was made by an earlier version:"
            " run `statutory warehouse prepare`, and `statutory build --night ...` where a night is asked for\n"
        )
        sys.exit(1)
