"""Load HR and case records, check them, rebuild the warehouse and publish the night.

Triage: a failed `extract`, `check` or `load` task names the file, table or column and what to do;
the other sources go on.
Running a night again is safe: every task replaces that night's rows.
"""

from typing import Any

import pendulum
from airflow.sdk import Asset, Param, dag, task, task_group

SOURCES = ("case_system", "hr", "agency", "local", "reference")
PUBLISHED = Asset("statutory-published")


def due(dag_run: Any) -> Any:
    """When a run was due by its schedule; None for one that a person started."""
    return dag_run.run_after if dag_run.run_type == "scheduled" else None


@dag(
    schedule="0 2 * * *",  # 02:00 London, after the source systems have closed their day
    start_date=pendulum.datetime(2026, 4, 1, tz="Europe/London"),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": pendulum.duration(minutes=10)},  # `make nightly` runs without retries
    params={
        "night": Param(
            None,
            type=["null", "string"],
            format="date",
            description="Last complete day; empty: yesterday by schedule, the newest extracted by hand",
        )
    },
    tags=["nightly"],
    doc_md=__doc__,
)
def nightly() -> None:
    """The wiring; what each step does stands in `statutory.tasks.nightly`."""

    @task.sensor(mode="reschedule", poke_interval=60)
    def wait(dag_run: Any = None, params: Any = None) -> bool:
        """Wait for the extracts of a scheduled night until the deadline of the settings; go on without them then."""
        from statutory.tasks import nightly as steps

        return steps.may_start(params["night"], due(dag_run), pendulum.now())

    @task
    def open_run(dag_run: Any = None, params: Any = None) -> int:
        """Write the run row with its night and return its id; every later task works for that run."""
        from statutory.tasks import nightly as steps

        return steps.open_run(dag_run.run_id, params["night"], due(dag_run))

    @task_group
    def lane(source: str, run: int) -> None:
        """One source on its own way, so that one that fails holds up no other."""

        @task
        def extract(source: str, run: int) -> list[int]:
            """Copy one source into landing and return its batch ids."""
            from statutory.tasks import nightly as steps

            return steps.extract(source, run)

        @task(retries=0)
        def check(batches: list[int], run: int) -> list[int]:
            """Run the source's suites; a critical expectation that fails stops the source."""
            from statutory.tasks import nightly as steps

            return steps.check(batches, run)

        @task
        def load(batches: list[int], run: int) -> int:
            """Load the source's batches into history."""
            from statutory.tasks import nightly as steps

            return steps.load(batches, run)

        load(check(extract(source, run), run), run)

    # Whichever lanes failed, but not without a run.
    @task(trigger_rule="all_done_min_one_success")
    def build(run: int) -> int:
        """Make the night's schema from what is loaded."""
        from statutory.tasks import nightly as steps

        return steps.build(run)

    @task
    def derive(run: int) -> int:
        """Work out every indicator of the night."""
        from statutory.tasks import nightly as steps

        return steps.derive(run)

    @task(outlets=[PUBLISHED])
    def publish(run: int) -> int:
        """Put the night in place of the last one."""
        from statutory.tasks import nightly as steps

        return steps.publish_night(run)

    @task(trigger_rule="all_done_min_one_success", retries=0)
    def close_run(run: int) -> None:
        """Write how the run ended, and end red when a source is missing."""
        from statutory.tasks import nightly as steps

        steps.close_run(run)

    run = open_run()
    wait() >> run
    built = build(run)
    lane.partial(run=run).expand(source=list(SOURCES)) >> built
    published = publish(run)
    built >> derive(run) >> published >> close_run(run)


nightly()
