"""The commands `statutory …`: each ends with a result, or with one sentence that says what to do."""

import json
import sys
import traceback
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import psycopg
import typer
from rich.table import Column, Table

from statutory.errors import StatutoryError, one_line
from statutory.indicators import commands as figures
from statutory.night import Night
from statutory.packs import commands as packs
from statutory.returns import commands, definition
from statutory.settings import Council
from statutory.telling import Telling, console
from statutory.warehouse import commands as stored
from statutory.warehouse import connection
from statutory.warehouse.server import DATABASES

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
warehouse = typer.Typer(no_args_is_help=True, help="The embedded PostgreSQL.")
app.add_typer(warehouse, name="warehouse")
sources = typer.Typer(no_args_is_help=True, help="The extracts of a night, before they are loaded.")
app.add_typer(sources, name="sources")
app.command()(commands.validate)
for one in definition.returns(Council.of_environment().local).values():
    if one.period_kind == "day":
        app.command(one.id.replace("_", "-"))(commands.lists_command(one))
for command in (
    figures.indicators, figures.trace, figures.explain,
    packs.pack, packs.freeze, packs.comment, packs.journey, packs.report,
):  # fmt: skip
    app.command()(command)
app.add_typer(commands.returns, name="returns")
app.add_typer(commands.rules, name="rules")
app.add_typer(stored.nights, name="nights")


@app.callback()
def root() -> None:
    """From the nightly extracts to the returns, the indicators and the inspection pack."""


@app.command("settings")
def show_settings() -> None:
    """Print every setting; secrets are hidden."""
    for name, value in Council.of_environment():
        console.print(f"{name} = {value}")


Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])]


@sources.command("check")
def check_sources(
    source: Annotated[Path | None, typer.Option(help="Folder of extracts: <night>/<source>/<file>.")] = None,
    night: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The newest of the folder.")] = None,
) -> None:
    """Read a night's extracts without loading them, and show what each table would load.

    Exit status 1 if a table cannot be loaded. Ends with the setting `unsupplied` for the tables that were not received.
    """
    from statutory.sources import contract
    from statutory.sources.folder import source_folder
    from statutory.survey import survey
    from statutory.warehouse.migrate import migrate

    council = _council(source)
    wanted = _night_in(council, night)
    connection.start(council)
    migrate(council)
    states: dict[str, str] = {}
    for name in contract.SOURCES:
        table = Table(
            Column("table", no_wrap=True), "state", Column("rows", justify="right"), Column("filled", justify="right"),
            "what to look at", title=name, title_justify="left", box=None, padding=(0, 2, 0, 0),
        )  # fmt: skip
        with connection.connect(council) as opened:
            for found in survey(Night(council, wanted, opened), name, source_folder(council)):
                states[found.table.name] = found.state
                filled = f"{found.filled:.0f}%" if found.rows else ""
                table.add_row(found.table.name, found.state, f"{found.rows:,}", filled, _remarks(found))
            opened.rollback()
        console.print(table, "")
    missing = [name for name, state in states.items() if state == "missing"]
    if missing:
        names = json.dumps(sorted({*missing, *council.unsupplied}))
        sys.stdout.write(
            f"{len(missing)} tables were not received. If the council does not have them, set this in the"
            " environment:\n"
            f"STATUTORY_UNSUPPLIED='{names}'\n"
            f"or write this line into statutory.toml:\n"
            f"unsupplied = {names}\n"
        )
    raise typer.Exit(1 if missing or "broken" in states.values() else 0)


def _council(source: Path | None) -> Council:
    """The council of the environment, with another folder of extracts where one is given."""
    council = Council.of_environment()
    return council.model_copy(update={"source": source}) if source else council


def _night_in(council: Council, asked: datetime | None) -> date:
    """The requested night, or the newest in the folder of extracts.

    Raises:
        StatutoryError: it is after today, or the folder does not hold it, and no source is a database.
    """
    from statutory.sources.folder import newest_night, nights_of, refuse_future, source_folder

    folder = source_folder(council)
    wanted = refuse_future(asked.date()) if asked else newest_night(folder)
    if not council.databases and wanted not in (there := nights_of(folder)):
        raise StatutoryError(f"{folder} has no night {wanted}; it has {', '.join(map(str, there[-5:])) or 'none'}")
    return wanted


def _remarks(found: Any) -> str:
    said = [found.reason] if found.reason else []
    if found.costs:
        said.append(f"no source for {', '.join(found.costs)}")
    if found.unmapped:
        said.append(f"not mapped: {', '.join(found.unmapped)}")
    if found.absent:
        said.append(f"not in the file: {', '.join(found.absent)}")
    if found.empty:
        said.append(f"empty: {', '.join(found.empty)}")
    said += [f"{column}: {count:,} rows with an unknown code" for column, count in found.unknown_codes.items()]
    said += [f"{column}: {count:,} rows that cannot be read" for column, count in found.untyped.items()]
    said += [f"{column}: {count:,} rows with a placeholder" for column, count in found.placeholders.items()]
    said += found.remarks
    return one_line("; ".join(said))


@app.command()
def sample(
    *,
    out: Annotated[Path, typer.Option(help="The folder to write to: <night>/<source>/<table>.csv.")],
    children: Annotated[int, typer.Option(min=50, help="Approximate number of children on the first night.")] = 2000,
    nights: Annotated[int, typer.Option(min=1, max=3660, help="Number of nights, up to the last one.")] = 1,
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
    """Write the extracts of a synthetic council whose workforce matches published figures."""
    from statutory import sample as made_up
    from statutory.sources.folder import refuse_future

    if out.exists() and any(out.iterdir()):
        raise StatutoryError(f"{out} is not empty, and nothing in it is overwritten: name a new folder")
    last = refuse_future(until.date()) if until else made_up.FIRST_NIGHT
    made_up.write(
        out, children=children, nights=nights, until=last, seed=seed, defects=defects, census=census_defects,
        annex=annex_defects,
    )  # fmt: skip
    console.print(f"{nights} night{'s' if nights > 1 else ''} up to {last} in {out}")


@app.command()
def nightly(
    source: Annotated[Path | None, typer.Option(help="Folder of extracts: <night>/<source>/<table>.csv.")] = None,
    night: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The newest of the folder.")] = None,
) -> None:
    """Run the DAGs of a night on this machine; exit status 1 if any task failed.

    Without a folder of extracts, use the synthetic council; it is extended if a later night is requested.
    """
    from statutory.sources.folder import refuse_future
    from statutory.tasks import shown

    asked = refuse_future(night.date()) if night else None
    telling = Telling()
    with telling.moving():
        council = _with_extracts(_council(source), asked, telling)
        done = shown.night(council, _night_in(council, night), telling)
    raise typer.Exit(0 if done else 1)


def _with_extracts(council: Council, night: date | None, telling: Telling) -> Council:
    """The council; if it sets no source, with the synthetic council's extracts as its folder."""
    from statutory.tasks import local

    if council.source or council.databases:
        return council
    with telling.step("the extracts of the synthetic council"):
        return council.model_copy(update={"source": local.sample(council, night)})


@app.command()
def archive(source: Annotated[Path, typer.Option(help="Folder of extracts: <night>/<source>/<table>.csv.")]) -> None:
    """Run every night of a folder that is later than the newest one loaded, oldest first; stop at one that fails."""
    from statutory.sources.folder import newest_night, nights_of
    from statutory.tasks import shown
    from statutory.warehouse import runs
    from statutory.warehouse.migrate import migrate

    newest_night(source)
    council = _council(source)
    connection.start(council)
    migrate(council)
    with connection.connect(council) as opened:
        newest = runs.newest_loaded(opened)
    waiting = [night for night in nights_of(source) if newest is None or night > newest]
    console.print(f"{len(waiting)} nights to load, the newest one loaded is {newest or 'none'}")
    telling = Telling()
    for night in waiting:
        with telling.moving():
            done = shown.night(council, night, telling)
        if not done:
            raise typer.Exit(1)


@app.command()
def airflow() -> None:
    """Serve Airflow's pages on the embedded server until Ctrl-C; the address and the login are printed."""
    from statutory.tasks import components

    telling = Telling()
    with telling.moving():
        council = _with_extracts(Council.of_environment(), None, telling)
    components.serve(council, telling)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="The file to write.")]) -> None:
    """Write the warehouse, without landing, to one file."""
    from statutory.warehouse import backup as copying

    copying.backup(connection.open_council(), file)
    console.print(f"the warehouse is in {file}")


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that `statutory backup` wrote.")]) -> None:
    """Restore a backup into an empty warehouse."""
    from statutory.warehouse import backup as copying

    night = copying.restore(connection.open_council(), file)
    console.print(f"restored; the published night is {night}")


@app.command()
def build(night: Day) -> None:
    """Rebuild a night's schema from history: views, marts and indicators. Returns built from it before are dropped."""
    from statutory import asking
    from statutory.indicators import definition, results
    from statutory.quality.night import build as build_night
    from statutory.warehouse import roles

    with asking.opened(night, asking.loaded_night) as known:
        rows = build_night(known)
        results.keep(known, definition.indicators(known.council.local).values())
        roles.open_night(known)
    console.print(f"{known.schema}: {len(rows)} marts, {sum(rows.values())} rows")


@warehouse.command()
def up() -> None:
    """Start the embedded server; does nothing if it is running."""
    connection.embedded(Council.of_environment()).up()
    console.print("the warehouse is up")


@warehouse.command()
def down() -> None:
    """Stop the embedded server."""
    console.print(
        "the warehouse is down"
        if connection.embedded(Council.of_environment()).down()
        else "the warehouse was not running"
    )


@warehouse.command()
def status() -> None:
    """Show whether the embedded server is running; exit status 1 if not."""
    running = connection.embedded(Council.of_environment()).running()
    console.print("the warehouse is up" if running else "the warehouse is down")
    raise typer.Exit(0 if running else 1)


@warehouse.command()
def prepare() -> None:
    """Migrate the warehouse and create Airflow's database; can be run again."""
    from statutory.warehouse.migrate import migrate

    connection.make_database(council := connection.open_council(), "airflow")
    migrate(council)
    console.print("the warehouse is ready")


@warehouse.command("url")
def show_url(database: Annotated[str, typer.Option(help=", ".join(DATABASES))] = DATABASES[0]) -> None:
    """Print the warehouse's address, with password, as one line."""
    if database not in DATABASES:
        raise StatutoryError(f"there is no database {database}; there are {', '.join(DATABASES)}")
    sys.stdout.write(connection.url(connection.open_council(database), database) + "\n")


def main() -> None:
    """The command line. Any error is one sentence with exit status 1, or 2 for wrong arguments."""
    try:
        code = app(prog_name="statutory", standalone_mode=False)
    except typer.TyperException as error:
        _fail(error.format_message(), 2)
    except StatutoryError as error:
        _fail(str(error))
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn):
        _fail(
            "the warehouse, or the night asked for, was made by an earlier version:"
            " run `statutory warehouse prepare`, and `statutory build --night ...` if you asked for a night"
        )
    except psycopg.Error as error:  # its text may show a value
        _fail(f"PostgreSQL ended it with {type(error).__name__}: see docs/operations.md, and run it again")
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror))
    except Exception as error:
        _fail(_fault(error))
    sys.exit(code)


def _fail(said: str, code: int = 1) -> NoReturn:
    sys.stderr.write(f"{said}\n" if said else "")  # of a bare command the help is printed already
    sys.exit(code)


def _fault(error: Exception) -> str:
    """One sentence about a bug in this program; the stack trace goes to a file, without values."""
    frames = traceback.extract_tb(error.__traceback__)
    log = Council.of_environment().home / "fault.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("".join(traceback.format_list(frames)) + f"{type(error).__name__}\n")
    where = f"{Path(frames[-1].filename).name} line {frames[-1].lineno}"
    return f"this is a fault of the program: {type(error).__name__} in {where}; {log} has the stack trace"
