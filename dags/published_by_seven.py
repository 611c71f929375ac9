"""Check at 07:00 that last night is published; send a notice if it is not.

Triage: look at the run of `nightly`; its last task names what failed. Running again is safe: it only reads.
"""

import pendulum
from airflow.sdk import CronTriggerTimetable, dag, task


@dag(
    # London, before the first people look; the first run is the next one that is due.
    schedule=CronTriggerTimetable("0 7 * * *", timezone="Europe/London", run_immediately=pendulum.duration(minutes=5)),
    catchup=False,
    is_paused_upon_creation=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": pendulum.duration(minutes=10)},
    tags=["nightly"],
    doc_md=__doc__,
)
def published_by_seven() -> None:
    """Only the schedule; the step is in `statutory.tasks.notice`."""

    @task
    def look() -> str:
        """Return the published night; fail if it is older than yesterday."""
        from statutory.tasks import morning

        return morning.look()

    look()


published_by_seven()
