"""A night run here, told on the terminal: a line for each step, and a closing table."""

import os
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from statutory import outputs
from statutory.packs import checks
from statutory.returns.definition import of_every_night
from statutory.settings import settings
from statutory.sources.folder import synthetic
from statutory.tasks import local
from statutory.tasks.refusal import refuse_impossible
from statutory.telling import Telling
from statutory.warehouse import connection, runs
from statutory.warehouse.migrate import migrate

MADE = (
    ("marts", "build"),
    ("indicator values", "derive"),
    *((one, one) for one in of_every_night()),
    ("pages", "indicator_page"),
)


def night(folder: Path, wanted: date, telling: Telling) -> bool:
    """Run the DAGs of a night of a folder; whether all of it succeeded.

    Raises:
        SourceError: the night cannot be run; nothing was touched.
        WarehouseError: another night is running, or the database server went away.
    """
    os.environ["STATUTORY_SOURCE"] = str(folder)
    settings.cache_clear()
    with telling.step("the database server"):
        connection.url("airflow")
        migrate()
    refuse_impossible(wanted)
    with connection.connect() as opened:
        newest = runs.newest_loaded(opened)
    telling.say(f"the night {wanted} of {folder}")
    if newest == wanted:
        from_where = "" if folder == synthetic() else f" SOURCE={folder}"
        following = f"make nightly{from_where} NIGHT={wanted + timedelta(days=1)}"
        telling.say(f"This night is loaded already and is made again; for the next one: {following}")
    with runs.alone():
        states, steps = local.run_dags({"night": f"{wanted:%Y-%m-%d}"}, telling)
    _closing_tables(telling.console, wanted, steps)
    with connection.connect() as opened:
        ((message,),) = opened.execute(
            "select message from ops.run where night = %s order by started_at desc limit 1", (wanted,)
        )
    if failed := {dag: state for dag, state in states.items() if state != "success"}:
        if message:
            telling.say(f"the night {wanted} is {message}")
        telling.say(*(f"{dag}: {state}" for dag, state in failed.items()))
        telling.say(f"what the checks found is in {outputs.folder(wanted) / checks.PAGE}")
        telling.say(f"what each task logged is in {local.logs()}")
        return False
    names = ", ".join(sorted(path.name for path in outputs.folder(wanted).iterdir()))
    telling.say(f"published {wanted}: {names} in {outputs.folder(wanted)}")
    return True


def _closing_tables(console: Console, wanted: date, steps: Sequence[tuple[str, local.Step]]) -> None:
    """What ran, with rows and seconds: first the sources, then what was made of them."""

    def number(heading: str) -> Column:
        return Column(heading, justify="right", no_wrap=True)

    headings = ("tables", "read", "kept", "quarantined", "rejected", "warnings", "seconds")
    loaded = Table(Column("source", no_wrap=True), *map(number, headings), box=None, padding=(0, 2, 0, 0))
    made = Table(Column("made", no_wrap=True), number("rows"), number("seconds"), box=None, padding=(0, 2, 0, 0))
    with connection.connect() as opened:
        for source, *counts in local.loaded(opened):
            seconds = sum(step.seconds for _, step in steps if step.name.endswith(f" {source}"))
            loaded.add_row(source, *(f"{count:,}" for count in counts), f"{seconds:.1f}")
        rows = local.made(opened, wanted)
    for name, step in MADE:
        seconds = sum(done.seconds for _, done in steps if done.name == step)
        made.add_row(name, f"{rows[name]:,}" if name in rows else "", f"{seconds:.1f}")
    console.print(loaded, "", made, "")
