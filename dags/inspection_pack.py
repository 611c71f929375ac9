"""Write the pages of indicators, the inspection pack and the reports that are due from the published night.

Triage: a failed task names the indicator's SQL file. Running again is safe: each file is put in place whole.
"""

from typing import Any

import pendulum
from airflow.sdk import Asset, Param, dag, task


@dag(
    schedule=[Asset("statutory-published")],
    start_date=pendulum.datetime(2026, 4, 1, tz="Europe/London"),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": pendulum.duration(minutes=10)},  # `make nightly` runs without retries
    params={
        "night": Param(
            None, type=["null", "string"], format="date", description="A built night; empty: the published one"
        ),
        "inspection_date": Param(
            None, type=["null", "string"], format="date", description="A day up to the night; empty: the night"
        ),
    },
    tags=["pack"],
    doc_md=__doc__,
)
def inspection_pack() -> None:
    """The wiring; what each step does stands in `statutory.tasks.pack`."""

    @task
    def indicator_page(params: Any = None) -> str:
        """Write the pages of indicators, their values, members and worklist as CSV."""
        from statutory.tasks import pack as steps

        return steps.write_pages(params["night"])

    @task
    def pack(params: Any = None) -> str:
        """Write both editions of the pack: web page, PDF, workbook of lists, tables and evidence."""
        from statutory.tasks import pack as steps

        return steps.write_pack(params["night"], params["inspection_date"])

    @task
    def scheduled_reports(params: Any = None) -> int:
        """Write members' report on the first night of a quarter, managers' of a month, each team's of a week."""
        from statutory.tasks import pack as steps

        return steps.write_reports(params["night"])

    indicator_page() >> pack() >> scheduled_reports()


inspection_pack()
