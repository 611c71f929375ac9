"""The commands about the nights of the warehouse."""

from datetime import datetime
from typing import Annotated

import typer
from rich.table import Column, Table

from statutory.night import Night
from statutory.packs.commands import words
from statutory.telling import console
from statutory.warehouse import connection

nights = typer.Typer(invoke_without_command=True)

# Each night that is loaded: from which sources, whether it is built and shown, and what keeps it.
LOADED = """
select
    load.night::text, string_agg(distinct load.source, ', ' order by load.source),
    case when to_regnamespace(to_char(load.night, '"night_"YYYY_MM_DD')) is not null then 'built' else '' end,
    case when exists (select from ops.published where night = load.night) then 'published' else '' end,
    concat_ws(', ',
        (
            select string_agg(distinct return_id || ' ' || period || ' submitted', ', ')
            from ops.submission where submission.night = load.night
        ),
        (
            select string_agg('pack of ' || inspection_date || ' frozen', ', ' order by inspection_date)
            from ops.frozen_pack where frozen_pack.night = load.night
        )
    )
from ops.load
group by load.night
order by load.night
"""


@nights.callback()
def show_nights(context: typer.Context) -> None:
    """List the nights that are loaded; take the newest one back."""
    if context.invoked_subcommand:
        return
    from statutory.warehouse.migrate import migrate

    migrate(council := connection.open_council())
    with connection.connect(council) as opened:
        found = opened.execute(LOADED).fetchall()
    table = Table(
        Column("night", no_wrap=True), "loaded from", "", "", "kept for", box=None, padding=(0, 2, 0, 0)
    )  # fmt: skip
    for row in found:
        table.add_row(*row)
    console.print(table if found else "no night is loaded yet: run `make nightly`")


@nights.command()
def withdraw(
    night: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The newest night that is loaded.")],
    *,
    reason: Annotated[str, typer.Option(help="Why it is taken back; it is kept.", callback=words)],
) -> None:
    """Take back the newest night, loaded by mistake: its rows, its schemas and its files; the one before is shown."""
    from statutory.warehouse import runs, withdrawal
    from statutory.warehouse.migrate import migrate

    migrate(council := connection.open_council())
    with runs.alone(council), connection.connect(council) as opened:
        shown = withdrawal.withdraw(Night(council, night.date(), opened), reason)
    console.print(f"the night {night:%Y-%m-%d} is withdrawn; the published night is {shown or 'none'}")
