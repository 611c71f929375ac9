"""Run the real DAGs here, one after the other, without a scheduler: `make nightly` and the tests.

Airflow keeps its metadata in the embedded server's second database. `airflow dags test` delivers no asset events and
sits out retry delays, so the DAGs are run in order and without retries.
"""

import contextlib
import logging
import os
from pathlib import Path
from typing import Any

from statutory.paths import DAGS, PROJECT
from statutory.settings import settings
from statutory.warehouse import connection


def configure() -> Path:
    """Set Airflow's environment for this clone; the folder of its logs. Must come before Airflow is imported."""
    home = settings().home / "airflow"
    home.mkdir(parents=True, exist_ok=True)
    address = connection.embedded().up().removesuffix("/warehouse") + "/airflow"
    wanted = {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": address.replace("postgresql://", "postgresql+psycopg://", 1),
        "AIRFLOW__DATABASE__LOAD_DEFAULT_CONNECTIONS": "False",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "GX_ANALYTICS_ENABLED": "False",
    }
    os.environ.update(wanted)
    return home


def run_dag(dag_id: str, conf: dict[str, Any]) -> tuple[str, list[tuple[str, str, float]]]:
    """Run one DAG to its end.

    Returns:
        The state of the run, and for each task instance its name, state and seconds.
    """
    home = configure()
    with (home / "nightly.log").open("a") as log, contextlib.redirect_stdout(log), contextlib.redirect_stderr(log):
        from airflow.dag_processing.dagbag import DagBag
        from airflow.utils.db import upgradedb

        logging.getLogger("alembic").setLevel(logging.WARNING)
        upgradedb()
        dag = DagBag(DAGS).dags[dag_id]
        for task in dag.tasks:
            task.retries = 0
        run = dag.test(run_conf=conf)
        instances = run.get_task_instances()
    found = [
        (f"{i.task_id}{f'[{i.map_index}]' if i.map_index >= 0 else ''}", str(i.state), float(i.duration or 0))
        for i in sorted(instances, key=lambda i: (i.start_date is None, i.start_date, i.task_id))
    ]
    return str(run.state), found
