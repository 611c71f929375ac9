"""Load HR and case records, check them, rebuild the warehouse and publish the night.

Triage: a failed `extract`, `check` or `load` task names the file, table or column and what to do;
the other sources continue.
Running a night again is safe: every task replaces that night's rows.
"""

from typing import Any

import pendulum
from airflow.sdk import Asset, CronTriggerTimetable, Param, dag, task, task_group

SOURCES = ("case_system", "hr", "agency", "local", "reference")
PUBLISHED = Asset("statutory-published")
SOURCE = "{{ task.op_kwargs.source }}"  # the name of a lane's tasks


def due(dag_run: Any) -> Any:
    """When a scheduled or backfilled run was due; None if a person started it."""
    from statutory.tasks import notes

    return notes.due(dag_run)


@dag(
    # 02:00 London, after the source systems have closed their day; the first run is the next one that is due.
    schedule=CronTriggerTimetable("0 2 * * *", timezone="Europe/London", run_immediately=pendulum.duration(minutes=5)),
    catchup=False,
    is_paused_upon_creation=False,
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
    """Only the order of the steps; the steps are in `statutory.tasks.nightly`."""

    @task.sensor(mode="reschedule", poke_interval=20)
    def wait(dag_run: Any = None, params: Any = None, ti: Any = None) -> bool:
        """Wait for earlier nights to end, and until the deadline of the settings for the extracts of this one."""
        from statutory.tasks import nightly as steps

        when = due(dag_run)
        is_first = when is None or steps.has_ended(ti.get_previous_dagrun())
        return is_first and steps.may_start(params["night"], when, pendulum.now(), dag_run.start_date)

    @task
    def open_run(dag_run: Any = None, params: Any = None) -> int:
        """Write the run row with its night and return its id; every later task works for that run."""
        from statutory.tasks import nightly as steps

        return steps.open_run(dag_run.run_id, params["night"], due(dag_run), steps.source_given(dag_run))

    @task_group
    def lane(source: str, run: int) -> None:
        """One source, independent of the others, so that a failing source does not delay them."""

        @task(map_index_template=SOURCE)
        def extract(source: str, run: int, dag_run: Any = None) -> list[int]:
            """Copy one source into landing and return its batch ids."""
            from statutory.tasks import nightly as steps

            return steps.extract(run, source, steps.source_given(dag_run))

        @task(map_index_template=SOURCE, retries=0)
        def check(source: str, batches: list[int], run: int) -> list[int]:
            """Run the source's suites; a critical expectation that fails stops the source."""
            from statutory.tasks import nightly as steps

            return steps.check(run, source, batches)

        @task(map_index_template=SOURCE)
        def load(source: str, batches: list[int], run: int) -> int:
            """Load the source's batches into history."""
            from statutory.tasks import nightly as steps

            return steps.load(run, source, batches)

        landed = extract(source=source, run=run)
        load(source=source, batches=check(source=source, batches=landed, run=run), run=run)

    # Runs whichever sources failed, but not without a run row.
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
    def publish(run: int, outlet_events: Any = None) -> str:
        """Publish the night and send it to the other DAGs."""
        from statutory.tasks import nightly as steps

        night = steps.publish_night(run)
        outlet_events[PUBLISHED].extra = {"night": night}
        return night

    @task(trigger_rule="all_done_min_one_success", retries=0)
    def close_run(run: int) -> str:
        """Write the run's result; fail if the night is not published or a source was rejected."""
        from statutory.tasks import nightly as steps

        return steps.close_run(run)

    run = open_run()
    wait() >> run
    built = build(run)
    lane.partial(run=run).expand(source=list(SOURCES)) >> built
    published = publish(run)
    built >> derive(run) >> published >> close_run(run)


nightly()
