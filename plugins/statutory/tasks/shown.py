"""Run a night with progress on the terminal: a line per step, and a table at the end."""

from collections.abc import Sequence
from datetime import date, timedelta

from rich.console import Console
from rich.table import Column, Table

from statutory.night import Night
from statutory.packs import checks
from statutory.returns.definition import of_every_night
from statutory.settings import Council
from statutory.sources.folder import source_folder, synthetic
from statutory.tasks import local
from statutory.tasks.refusal import refuse_impossible
from statutory.telling import Telling
from statutory.warehouse import connection, runs
from statutory.warehouse.migrate import migrate


def night(council: Council, wanted: date, telling: Telling) -> bool:
    """Run the DAGs of a night of the council's folder of extracts; whether all of it succeeded.

    Raises:
        SourceError: the night cannot be run; nothing was touched.
        WarehouseError: another night is running, or the database server went away.
    """
    folder = source_folder(council).resolve()
    with telling.step("the database server"):
        connection.start(council, "airflow")
        migrate(council)
    refuse_impossible(council, wanted)
    with connection.connect(council) as opened:
        newest = runs.newest_loaded(opened)
    telling.say(f"the night {wanted} of {folder}")
    if newest == wanted:
        from_where = "" if folder == synthetic(council) else f" SOURCE={folder}"
        following = f"make nightly{from_where} NIGHT={wanted + timedelta(days=1)}"
        telling.say(f"This night is already loaded and will be replaced; for the next one: {following}")
    with runs.alone(council):
        conf = {"night": f"{wanted:%Y-%m-%d}", "source": str(folder)}
        states, steps = local.run_dags(council, conf, telling)
    with connection.connect(council) as opened:
        known = Night(council, wanted, opened)
        _closing_tables(telling.console, known, steps)
        ((message,),) = opened.execute(
            "select message from ops.run where night = %s order by started_at desc limit 1", (wanted,)
        )
    if failed := {dag: state for dag, state in states.items() if state != "success"}:
        if message:
            telling.say(f"the night {wanted} is {message}")
        telling.say(*(f"{dag}: {state}" for dag, state in failed.items()))
        telling.say(f"what the checks found is in {known.folder / checks.PAGE}")
        telling.say(f"what each task logged is in {local.logs(council)}")
        return False
    names = ", ".join(sorted(path.name for path in known.folder.iterdir()))
    telling.say(f"published {wanted}: {names} in {known.folder}")
    return True


def _closing_tables(console: Console, night: Night, steps: Sequence[tuple[str, local.Step]]) -> None:
    """What ran, with rows and seconds: first the sources, then what was made of them."""

    def number(heading: str) -> Column:
        return Column(heading, justify="right", no_wrap=True)

    headings = ("tables", "read", "kept", "quarantined", "rejected", "warnings", "seconds")
    loaded = Table(Column("source", no_wrap=True), *map(number, headings), box=None, padding=(0, 2, 0, 0))
    made = Table(Column("made", no_wrap=True), number("rows"), number("seconds"), box=None, padding=(0, 2, 0, 0))
    for source, *counts in local.loaded(night.connection):
        seconds = sum(step.seconds for _, step in steps if step.name.endswith(f" {source}"))
        loaded.add_row(source, *(f"{count:,}" for count in counts), f"{seconds:.1f}")
    rows = local.made(night)
    returns = ((one, one) for one in of_every_night(night.council.local))
    for name, step in (("marts", "build"), ("indicator values", "derive"), *returns, ("pages", "indicator_page")):
        seconds = sum(done.seconds for _, done in steps if done.name == step)
        made.add_row(name, f"{rows[name]:,}" if name in rows else "", f"{seconds:.1f}")
    console.print(loaded, "", made, "")
