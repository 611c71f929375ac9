"""Run the real DAGs here, one after the other, without a scheduler: `make nightly` and the tests.

Airflow keeps its metadata in the embedded server's second database. `airflow dags test` delivers no asset events and
waits during retry delays, so the DAGs run in order and without retries. Airflow's output goes to one log file.
"""

import contextlib
import logging
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.exc import DBAPIError

from statutory.errors import WarehouseError
from statutory.night import Night
from statutory.paths import DAGS, PROJECT
from statutory.postgres import is_there
from statutory.settings import Council
from statutory.sources import contract
from statutory.sources.folder import synthetic
from statutory.telling import Telling
from statutory.warehouse import connection

NIGHTLY = "nightly"
DAG_IDS = (NIGHTLY, "statutory_returns", "inspection_pack")


# Airflow reads its metadata as PostgreSQL writes it by default, whatever the server or the environment say.
SESSION = "+".join(
    f"-c{name}={value}"
    for name, value in {
        "DateStyle": "ISO", "IntervalStyle": "postgres", "TimeZone": "UTC", "bytea_output": "hex",
        "extra_float_digits": "1", "standard_conforming_strings": "on", "search_path": "public",
        "default_transaction_isolation": r"read\+committed", "default_transaction_read_only": "off",
        "statement_timeout": "0", "lock_timeout": "0", "idle_in_transaction_session_timeout": "0",
    }.items()
)  # fmt: skip
FOR_ALL_CONNECTIONS = ("PGOPTIONS", "PGDATESTYLE", "PGTZ", "PGGEQO", "PGCLIENTENCODING")


@dataclass(frozen=True)
class Step:
    """One task instance that ended: a mapped one is named with its source."""

    name: str
    seconds: float


def configure(council: Council) -> Path:
    """Set Airflow's environment for this clone; the folder of its logs. Must come before Airflow is imported."""
    home = logs(council)
    home.mkdir(parents=True, exist_ok=True)
    for name in FOR_ALL_CONNECTIONS:
        os.environ.pop(name, None)
    os.environ.update(
        {
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": connection.url(council, "airflow").replace(
                "postgresql:", "postgresql+psycopg:"
            )
            + f"?options={SESSION}",
            "AIRFLOW__DATABASE__LOAD_DEFAULT_CONNECTIONS": "False",
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
            # It sets modes itself, whatever the umask.
            "AIRFLOW__LOGGING__FILE_TASK_HANDLER_NEW_FILE_PERMISSIONS": "0o600",
            "AIRFLOW__LOGGING__FILE_TASK_HANDLER_NEW_FOLDER_PERMISSIONS": "0o700",
            "GX_ANALYTICS_ENABLED": "False",
        }
    )
    return home


def run_dags(council: Council, conf: dict[str, Any], telling: Telling) -> tuple[dict[str, str], list[tuple[str, Step]]]:
    """Run the DAGs one after the other; the state of each, and what ran in them.

    Args:
        council: the council, whose embedded server runs.
        conf: the parameters of each run.
        telling: is told of each step as it begins and ends.

    Raises:
        WarehouseError: a DAG file cannot be read, its name is in the text; or the database server went away.
    """
    home = configure(council)
    with (home / "nightly.log").open("a") as log, contextlib.redirect_stdout(log), contextlib.redirect_stderr(log):
        with telling.step("Airflow"):
            from airflow.dag_processing.dagbag import DagBag
            from airflow.utils.db import upgradedb

            logging.getLogger("alembic").setLevel(logging.WARNING)
            upgradedb()
            bag = DagBag(DAGS)
        if bag.import_errors:
            names = ", ".join(Path(name).name for name in bag.import_errors)
            raise WarehouseError(f"a DAG file cannot be read: {names}; see {home / 'nightly.log'}")
        states: dict[str, str] = {}
        steps: list[tuple[str, Step]] = []
        published = False
        for dag_id in DAG_IDS:
            if dag_id != NIGHTLY and not published:
                states[dag_id] = "not run, no night was published"
                continue
            dag = bag.dags[dag_id]
            for task in dag.tasks:
                task.retries = 0
            try:
                with _watched(council, dag_id, telling, steps):
                    run = dag.test(run_conf=conf)
            except (DBAPIError, psycopg.Error):
                raise WarehouseError(
                    f"the database server went away during {dag_id}: start the night again; unfinished work was rolled"
                    " back"
                ) from None
            states[dag_id] = str(run.state)
            if dag_id == NIGHTLY:
                # What an asset event would send to the other DAGs.
                instance = run.get_task_instance("publish")
                published = instance is not None and instance.state == "success"
    return states, steps


@contextlib.contextmanager
def _watched(council: Council, dag_id: str, telling: Telling, steps: list[tuple[str, Step]]) -> Iterator[None]:
    """Report each task instance as it starts and ends, from Airflow's metadata, and collect those that ended."""
    with contextlib.closing(connection.reach(council, "airflow", autocommit=True)) as metadata:
        ((last,),) = metadata.execute("select coalesce(max(id), 0) from dag_run")
        told: set[tuple[str, int]] = set()

        def tell() -> None:
            if metadata.broken:
                return
            found = metadata.execute(
                """
                select instance.task_id, instance.map_index, instance.state, coalesce(instance.duration, 0)
                from task_instance as instance
                inner join dag_run as run on run.run_id = instance.run_id and run.dag_id = instance.dag_id
                where run.id > %s and run.dag_id = %s
                and instance.state in ('running', 'success', 'failed', 'upstream_failed', 'skipped')
                order by instance.end_date nulls last, instance.task_id, instance.map_index
                """,
                (last, dag_id),
            )
            for task, index, state, seconds in found.fetchall():
                name = task.rpartition(".")[2] + (f" {contract.SOURCES[index]}" if index >= 0 else "")
                if state == "running":
                    telling.begin(f"{dag_id} {name}")
                elif (task, index) not in told:
                    told.add((task, index))
                    steps.append((dag_id, Step(name, float(seconds))))
                    telling.end(f"{dag_id} {name}", state, float(seconds))

        stop = threading.Event()

        def watch() -> None:
            with contextlib.suppress(psycopg.Error):  # the run itself says that the server went away
                while not stop.wait(0.5):
                    tell()

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            stop.set()
            watcher.join()
            with contextlib.suppress(psycopg.Error):
                tell()


def loaded(opened: connection.Connection) -> list[tuple[Any, ...]]:
    """What the newest run took in, a row a source: tables, rows read, kept, quarantined, values rejected, warnings."""
    return opened.execute(
        """
        select batch.source, count(*), sum(load.rows_read), sum(load.rows_kept), sum(load.rows_quarantined),
            sum(load.values_rejected), coalesce(sum(warned.checks), 0)
        from ops.load
        inner join ops.batch using (batch_id)
        left join (
            select result.batch_id, count(*) as checks from quality.expectation_result as result
            where not result.passed group by result.batch_id
        ) as warned using (batch_id)
        where batch.run_id = (select run_id from ops.run order by started_at desc limit 1)
        group by batch.source
        order by batch.source
        """
    ).fetchall()


def made(night: Night) -> dict[str, int]:
    """The rows of a night's marts, indicator values and returns."""
    found = dict(
        night.connection.execute(
            """
            select
                case when name like '%%.%%' then regexp_replace(name, '_[0-9]+[.].*', '') else 'marts' end as what,
                sum(rows)::bigint
            from ops.build where night = %s group by what
            """,
            (night.day,),
        ).fetchall()
    )
    values = sql.Identifier(night.schema, "indicator_value")
    if is_there(night.connection, night.schema, "indicator_value"):
        found["indicator values"] = night.connection.execute(
            sql.SQL("select count(*) from {}").format(values)
        ).fetchall()[0][0]
    return found


def logs(council: Council) -> Path:
    """The folder of what Airflow and its tasks logged."""
    return council.home / "airflow"


def sample(council: Council, night: date | None) -> Path:
    """The folder of the synthetic council, with the requested or its first night."""
    from statutory import sample as made_up

    folder = synthetic(council)
    wanted = night or made_up.FIRST_NIGHT
    if not (folder / f"{wanted:%Y-%m-%d}").is_dir():
        made_up.write(folder, children=2000, nights=1, until=wanted, seed=1)
    return folder
