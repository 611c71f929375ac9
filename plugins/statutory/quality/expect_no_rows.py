"""An expectation that a query gives no rows, counted and never fetched.

Great Expectations' own one fetches the rows too, which doubles the time and brings records into its memory.
"""

from typing import Any, ClassVar

from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation


class ExpectNoRows(UnexpectedRowsExpectation):  # type: ignore[misc]
    """Expect that `unexpected_rows_query` gives no rows; `observed_value` is how many it gives."""

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.row_count",)

    def _validate(
        self, metrics: dict[str, Any], runtime_configuration: Any = None, execution_engine: Any = None
    ) -> Any:
        told = metrics | {"unexpected_rows_query.table": None}
        return super()._validate(told, runtime_configuration, execution_engine)
