"""`statutory …`: every command ends with a result or with one sentence that says what to do."""

import sys
from typing import Annotated

import typer
from rich.console import Console

from statutory.errors import StatutoryError
from statutory.settings import settings
from statutory.warehouse import connection

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
warehouse = typer.Typer(no_args_is_help=True, help="The embedded PostgreSQL.")
app.add_typer(warehouse, name="warehouse")
console = Console()


@app.callback()
def root() -> None:
    """From the nightly extracts to the returns, the indicators and the inspection pack."""


@app.command("settings")
def show_settings() -> None:
    """Print every setting, where secrets stay hidden."""
    for name, value in settings():
        console.print(f"{name} = {value}", highlight=False)


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
