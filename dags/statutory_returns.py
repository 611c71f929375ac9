"""Build every open return from the published night, run its rules, and write its file and its fix list.

Triage: a failed task names the return, the field and how many records violate the department's schema. Running again is
safe: a night's return is rebuilt completely.
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
        )
    },
    tags=["returns"],
    doc_md=__doc__,
)
def statutory_returns() -> None:
    """Only the order of the steps; the steps are in `statutory.tasks.returns`."""

    from statutory.returns.definition import of_every_night
    from statutory.settings import Council

    for return_id in of_every_night(Council.of_environment().local):

        @task(task_id=return_id)
        def write(return_id: str, params: Any = None, dag_run: Any = None) -> int:
            """Build, check and write every open collection of a return; the records in them."""
            from statutory.tasks import notes
            from statutory.tasks import returns as steps

            return sum(steps.write(return_id, night) for night in notes.nights(params["night"], dag_run))

        write(return_id)


statutory_returns()
