"""Write the pages of the inspection pack from the published night.

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
        )
    },
    tags=["pack"],
    doc_md=__doc__,
)
def inspection_pack() -> None:
    """The wiring; what each step does stands in `statutory.tasks.pack`."""

    @task
    def indicator_page(params: Any = None) -> str:
        """Write the page of indicators, and their values as CSV."""
        from statutory.tasks import pack as steps

        return steps.write_pages(params["night"])

    indicator_page()


inspection_pack()
