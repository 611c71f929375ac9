"""Write the pages of indicators, the inspection pack and the reports that are due from the published night.

Triage: a failed task names the indicator's SQL file. Running again is safe: each file is put in place whole.
"""

from typing import Any

import pendulum
from airflow.sdk import Asset, Param, dag, task


@dag(
    schedule=[Asset("statutory-published")],
    catchup=False,
    is_paused_upon_creation=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": pendulum.duration(minutes=10)},  # `make nightly` runs without retries
    params={
        "night": Param(
            None, type=["null", "string"], format="date", description="A built night; empty: the one just published"
        ),
        "inspection_date": Param(
            None, type=["null", "string"], format="date", description="A day up to the night; empty: the night"
        ),
    },
    tags=["pack"],
    doc_md=__doc__,
)
def inspection_pack() -> None:
    """Only the order of the steps; the steps are in `statutory.tasks.pack`."""

    @task
    def indicator_page(params: Any = None, dag_run: Any = None) -> list[str]:
        """Write the pages of indicators, their values, members and worklist as CSV."""
        from statutory.tasks import notes
        from statutory.tasks import pack as steps

        return [steps.write_pages(night) for night in notes.nights(params["night"], dag_run)]

    @task
    def pack(params: Any = None, dag_run: Any = None) -> list[str]:
        """Write both editions of the pack: web page, PDF, workbook of lists, tables and evidence."""
        from statutory.tasks import notes
        from statutory.tasks import pack as steps

        asked = notes.nights(params["night"], dag_run)
        return [steps.write_pack(night, params["inspection_date"]) for night in asked]

    @task
    def scheduled_reports(params: Any = None, dag_run: Any = None) -> int:
        """Write the reports that are due: councillors' each quarter, managers' each month, each team's every week."""
        from statutory.tasks import notes
        from statutory.tasks import pack as steps

        return sum(steps.write_reports(night) for night in notes.nights(params["night"], dag_run))

    indicator_page()
    pack()
    scheduled_reports()


inspection_pack()
