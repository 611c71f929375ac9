"""See at seven in the morning that last night is published; a notice goes out when it is not.

Triage: look at the run of `nightly`; its last task names what failed. Running again is safe: it only looks.
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
    """The wiring; what it does stands in `statutory.tasks.notice`."""

    @task
    def look() -> str:
        """The published night; fails when it is older than yesterday's."""
        from statutory.tasks import morning

        return morning.look()

    look()


published_by_seven()
