"""A complete night without rows in the scratch database: source tables, marts and data quality tables."""

from pathlib import Path

from psycopg import sql

from statutory.linkage import suggestion
from statutory.paths import SQL
from statutory.quality import data_quality, run_history
from statutory.sources import contract
from statutory.sqlfile import SqlFile
from statutory.warehouse import build, builder, scratch
from statutory.warehouse.connection import Connection


def show(opened: Connection, local: Path) -> None:
    """Let the search path of the transaction show source tables, marts and what a night knows, as the files now are."""
    marts = build.marts(local)
    modules = (Path(str(module.__file__)) for module in (builder, data_quality, run_history))
    paths = (*modules, *sorted((SQL / "ref").glob("*.csv")))
    scratch.show(opened, "scratch", paths, lambda: _fill(opened, marts), *(mart.sha256 for mart in marts))


def _fill(opened: Connection, marts: list[SqlFile]) -> None:
    scratch.fill_reference(opened, contract.tables())
    opened.execute("create table period (period_kind text, period_start date, period_end date, as_at date)")
    build.fill_shipped_parameter(opened)
    suggestion.make(opened)
    opened.execute(build.SOURCE_TABLE)
    data_quality.views(opened)
    opened.execute(run_history.TABLES)  # there are no earlier nights
    for mart in marts:
        named = sql.SQL("create view {} as ").format(sql.Identifier(mart.name))
        opened.execute(named + sql.SQL(mart.select))
    opened.execute("analyze")
