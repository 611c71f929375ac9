"""Run a source's suites on what landed. Results hold counts and check ids, never a value."""

import functools
import logging
import warnings
from datetime import date
from typing import Any

from psycopg import sql

from statutory.errors import ContractError
from statutory.quality import suites
from statutory.settings import settings
from statutory.sources import contract
from statutory.sources.extract import landing_schema
from statutory.warehouse import connection
from statutory.warehouse.connection import Connection

WITHOUT_VALUES = {"result_format": "SUMMARY", "partial_unexpected_count": 0}


def check_batches(opened: Connection, batches: list[int]) -> int:
    """Run the suites of the batches' tables and keep what each expectation found; the number of warnings.

    Raises:
        ContractError: a critical expectation failed, or one could not be run; names the table and the check.
    """
    logging.getLogger("great_expectations").setLevel(logging.ERROR)  # it tells a hundred lines while it is imported
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library's own use of others
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

        import statutory.quality.expect_no_rows  # noqa: F401, a suite names it by its type
    landed = opened.execute(
        "select batch_id, night, table_name from ops.batch where batch_id = any(%s) order by batch_id", (batches,)
    ).fetchall()
    if not landed:
        return 0
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    # The address stays with us: the library would keep a password in its configuration, and other settings.
    source = context.data_sources.add_postgres(
        "landing",
        connection_string="postgresql+psycopg://loader@warehouse/warehouse",
        kwargs={"creator": functools.partial(_landed_on, landed[0][1])},
    )
    try:
        return _validate(opened, gx, source, landed)
    finally:
        source.get_execution_engine().engine.dispose()
        source.get_engine().dispose()


def _validate(opened: Connection, gx: Any, source: Any, landed: list[tuple[Any, ...]]) -> int:
    critical: list[str] = []
    warned = 0
    for batch_id, _, name in landed:
        asset = source.add_table_asset(name, table_name=name)
        suite = gx.ExpectationSuite(**suites.suite(contract.table(name)))
        batch = asset.add_batch_definition_whole_table("all").get_batch()
        found = batch.validate(suite, result_format=WITHOUT_VALUES).results
        rows = [_row(batch_id, name, result) for result in found]
        with opened.cursor() as cursor:
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
        critical += [
            f"{check} ({fix})"
            for _, _, check, severity, passed, _, fix in rows
            if severity == "critical" and not passed
        ]
        warned += sum(1 for row in rows if row[3] == "warning" and not row[4])
    opened.commit()
    if critical:
        raise ContractError(f"critical checks failed: {'; '.join(critical)}")
    return warned


def _row(batch_id: int, table: str, result: Any) -> tuple[int, str, str, str, bool, int, str]:
    config = result.expectation_config
    check, fix = config.meta["check"], config.meta["fix"]
    severity = "warning" if check in settings().accepted_checks else str(config.severity.value)
    if result.exception_info and result.exception_info.get("raised_exception"):
        raise ContractError(f"{table}: the check {check} could not be run")
    if not result.success and "observed_value" not in result.result and "unexpected_count" not in result.result:
        raise ContractError(f"{table}: the check {check} gave no count")
    failures = result.result.get("unexpected_count", result.result.get("observed_value"))
    return (
        batch_id,
        table,
        check,
        severity,
        bool(result.success),
        _count(failures, result.success),
        fix,
    )


def _count(found: Any, success: bool) -> int:
    return 0 if success else int(found or 0)


def _landed_on(night: date) -> Connection:
    """A connection on what landed: conditions that look into a neighbouring table find it in the same schema."""
    opened = connection.reach()
    opened.execute(sql.SQL("set search_path = {}").format(sql.Identifier(landing_schema(night))))
    opened.commit()
    return opened
