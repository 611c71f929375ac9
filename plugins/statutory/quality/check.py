"""Run a source's suites on landing. Results contain counts and check ids, never values."""

import functools
import logging
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from statutory.errors import ContractError
from statutory.night import Night
from statutory.postgres import use
from statutory.quality import suites
from statutory.settings import Council
from statutory.sources import contract
from statutory.sources.contract import Table
from statutory.warehouse import connection
from statutory.warehouse.connection import Connection
from statutory.warehouse.lanes import LANES


def check_batches(night: Night, batches: list[int]) -> int:
    """Run the suites of the batches' tables and keep what each expectation found; the number of warnings.

    Raises:
        ContractError: a critical expectation failed, or one could not be run; names the table and the check.
    """
    logging.getLogger("great_expectations").setLevel(logging.ERROR)  # it prints a hundred lines on import
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library's own use of others
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

        import statutory.quality.expectations  # noqa: F401, suites name what is in it by its type
    landed = night.connection.execute(
        "select batch_id, table_name from ops.batch where batch_id = any(%s) order by batch_id", (batches,)
    ).fetchall()
    if not landed:
        return 0
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    # The library gets a connection, not an address: it would store the password in its configuration.
    source = context.data_sources.add_postgres(
        "landing",
        connection_string="postgresql+psycopg://loader@warehouse/warehouse",
        kwargs={"creator": functools.partial(_landed_on, night)},
    )

    def validate(name: str) -> Any:
        batch = source.add_table_asset(name, table_name=name).add_batch_definition_whole_table("all").get_batch()
        return batch.validate(gx.ExpectationSuite(**suites.suite(contract.table(name))))

    try:
        with ThreadPoolExecutor(LANES) as pool:
            found = list(pool.map(validate, [name for _, name in landed]))
    finally:
        source.get_execution_engine().engine.dispose()
        source.get_engine().dispose()
    rows = [
        row
        for (batch, name), validated in zip(landed, found, strict=True)
        for row in _rows(night.council, batch, contract.table(name), validated)
    ]
    with night.connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into quality.expectation_result
                (batch_id, table_name, check_id, severity, passed, failures, fix)
            values (%s, %s, %s, %s, %s, %s, %s)
            on conflict (batch_id, check_id) do update
            set severity = excluded.severity, passed = excluded.passed, failures = excluded.failures
            """,
            rows,
        )
    night.connection.commit()
    if critical := [f"{row[2]} ({row[6]})" for row in rows if row[3] == "critical" and not row[4]]:
        raise ContractError(f"critical checks failed: {'; '.join(critical)}")
    return sum(1 for row in rows if row[3] == "warning" and not row[4])


def _rows(
    council: Council, batch: int, table: Table, validated: Any
) -> Iterator[tuple[int, str, str, str, bool, int, str]]:
    """The rows of `quality.expectation_result` of one table, in the order of its checks."""
    failures: dict[str, int | None] = {}
    for result in validated.results:
        failures |= result.result.get("observed_value", {})
    for check in suites.checks(table):
        if check.id not in failures:
            raise ContractError(f"{table.name}: its checks could not be run")
        count = failures[check.id]
        if count is None:
            raise ContractError(f"{table.name}: the check {check.id} could not be run")
        severity = "warning" if check.id in council.accepted_checks else check.severity
        yield batch, table.name, check.id, severity, count == 0, count, check.fix


def _landed_on(night: Night) -> Connection:
    """A connection on what landed: conditions that look into a neighbouring table find it in the same schema."""
    opened = connection.reach(night.council)
    use(opened, night.landing, for_session=True)
    opened.commit()
    return opened
