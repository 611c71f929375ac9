"""Keep the warehouse small: drop old nights, landing schemas and files, and vacuum history.

Triage: everything that is dropped can be rebuilt; to rebuild a night, run `statutory build --night`.
Running again is safe.
"""

import pendulum
from airflow.sdk import CronTriggerTimetable, dag, task


@dag(
    # Sunday noon London, when no night runs; the first run is the next one that is due.
    schedule=CronTriggerTimetable("0 12 * * 0", timezone="Europe/London", run_immediately=pendulum.duration(minutes=5)),
    catchup=False,
    is_paused_upon_creation=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": pendulum.duration(minutes=10)},
    tags=["housekeeping"],
    doc_md=__doc__,
)
def housekeeping() -> None:
    """Only the order of the steps; the steps are in `statutory.tasks.housekeeping`."""

    @task
    def sweep() -> list[str]:
        """Drop what is not kept; return the dropped nights."""
        from statutory.tasks import housekeeping as steps

        return steps.sweep()

    @task
    def vacuum() -> int:
        """Vacuum and analyse history."""
        from statutory.tasks import housekeeping as steps

        return steps.vacuum()

    sweep() >> vacuum()


housekeeping()
