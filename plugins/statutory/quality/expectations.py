"""What the suites of sources expect: that checks of a landed table count no failures.

All expectations of a table read one metric, so Great Expectations counts its checks once.
"""

from typing import Any, ClassVar

from great_expectations.execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from sqlalchemy.exc import DataError, InternalError, NotSupportedError, ProgrammingError

from statutory.quality import suites
from statutory.quality.scan import statement
from statutory.sources import contract

FAULTS = (DataError, InternalError, NotSupportedError, ProgrammingError)  # of a statement, not of the connection
METRIC = "landed.failures"


class LandedFailures(TableMetricProvider):  # type: ignore[misc]
    """By check of a landed table the number of failures, and None where the check cannot be run."""

    metric_name = METRIC
    value_keys = ("table",)

    @metric_value(engine=SqlAlchemyExecutionEngine)  # type: ignore[untyped-decorator]
    def _sqlalchemy(cls, execution_engine: Any, metric_value_kwargs: dict[str, Any], **_: Any) -> dict[str, int | None]:
        table = contract.table(metric_value_kwargs["table"])
        checks = suites.checks(table)

        def counted(*asked: suites.Check) -> dict[str, int | None]:
            with execution_engine.get_connection() as opened:
                as_it_is = opened.execution_options(no_parameters=True)
                row = as_it_is.exec_driver_sql(statement(table, asked)).one()
            return {check.id: failures or 0 for check, failures in zip(asked, row, strict=True)}

        try:
            return counted(*checks)
        except FAULTS:  # of one check: the others are counted without it
            found: dict[str, int | None] = {}
            for check in checks:
                try:
                    found |= counted(check)
                except FAULTS:
                    found[check.id] = None
            return found


class ExpectNoRows(BatchExpectation):  # type: ignore[misc]
    """Expect that no row of a landed table meets the condition `rows`, or that a select gives none.

    `observed_value` is the number of failures of each of `checks`, None where one cannot be run.
    """

    table: str
    checks: list[str]
    rows: str = ""
    query: str = ""

    metric_dependencies: ClassVar[tuple[str, ...]] = (METRIC,)
    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id",)
    success_keys: ClassVar[tuple[str, ...]] = ("table", "checks")

    def _validate(
        self, metrics: dict[str, Any], runtime_configuration: Any = None, execution_engine: Any = None
    ) -> dict[str, Any]:
        failures = {check: metrics[METRIC][check] for check in self.checks}
        return {"success": set(failures.values()) <= {0}, "result": {"observed_value": failures}}


class ExpectWhatTheContractStates(ExpectNoRows):
    """Expect that a landed table is as the contract states: `checks` are those of one severity."""
