"""Keep the warehouse small: drop nights, landing and files that are past their time, and vacuum history.

Triage: nothing here is lost that cannot be made again; a night that went is rebuilt with `statutory build --night`.
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
    """The wiring; what each step does stands in `statutory.tasks.housekeeping`."""

    @task
    def sweep() -> list[str]:
        """Drop what is not kept; the nights that went."""
        from statutory.tasks import housekeeping as steps

        return steps.sweep()

    @task
    def vacuum() -> int:
        """Vacuum and analyse history."""
        from statutory.tasks import housekeeping as steps

        return steps.vacuum()

    sweep() >> vacuum()


housekeeping()
