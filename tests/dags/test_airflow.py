"""Airflow for real: its four components, a night triggered there, the DAGs that follow, a source that fails."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
from datetime import date

import psycopg
import pytest

from airflow_api import Api
from statutory import sample

NIGHT = date(2025, 11, 14)


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    """The served pages of a small made-up council, stopped as an operator would."""
    home = tmp_path_factory.mktemp("served")
    home.chmod(0o755)
    sample.write(home / "extracts", children=100, nights=1, until=NIGHT, seed=1)
    environment = os.environ | {
        "STATUTORY_HOME": str(home), "STATUTORY_LOCAL": str(home / "local"), "STATUTORY_OUT": str(home / "out"),
        "STATUTORY_SOURCE": str(home / "extracts"), "PYTHONWARNINGS": "ignore",
        "STATUTORY_WAIT_UNTIL": "02:00",  # the night of the schedule, for which nothing comes, waits for nothing
    }  # fmt: skip
    program = [sys.executable, "-c", "from statutory.cli import main; main()"]
    with (home / "served.txt").open("w+") as said:
        serving = subprocess.Popen([*program, "airflow"], env=environment, stdout=said, stderr=said)
        found = None
        deadline = time.monotonic() + 240
        while found is None and time.monotonic() < deadline and serving.poll() is None:
            time.sleep(1)
            text = (home / "served.txt").read_text()
            found = re.search(r"Airflow is at (\S+), login (\S+), password (\S+);", text)
        try:
            assert found, (home / "served.txt").read_text()
            yield home, Api(*found.groups())
        finally:
            serving.send_signal(signal.SIGTERM)
            serving.wait(timeout=90)
            subprocess.run([*program, "warehouse", "down"], env=environment, check=False, capture_output=True)
    left = subprocess.run(["pgrep", "-f", str(home)], capture_output=True, text=True, check=False).stdout.split()
    assert not left


def test_a_wrong_password_is_refused(council):
    with pytest.raises(urllib.error.HTTPError, match="401"):
        Api(council[1].address, "engineer", "wrong")


def test_a_night_triggered_there_succeeds_and_the_other_dags_follow(council):
    home, api = council
    dags = {dag["dag_id"] for dag in api.ask("GET", "/api/v2/dags")["dags"]}
    assert dags == {"nightly", "statutory_returns", "inspection_pack", "housekeeping", "published_by_seven"}
    for dag in dags - {"published_by_seven"}:
        api.ask("PATCH", f"/api/v2/dags/{dag}", {"is_paused": False})
    params = api.ask("GET", "/api/v2/dags/nightly/details")["params"]
    assert params["night"]["schema"]["format"] == "date"
    run = api.run("nightly", {"night": str(NIGHT)})
    assert api.ended("nightly", run) == "success"
    deadline = time.monotonic() + 120
    followed = ("statutory_returns", "inspection_pack")
    while time.monotonic() < deadline and not all("success" in api.states(dag) for dag in followed):
        time.sleep(2)
    # Airflow runs the night of today's schedule too once a DAG is switched on.
    assert all("success" in api.states(dag) and "failed" not in api.states(dag) for dag in followed)
    assert {path.name for path in (home / "out" / str(NIGHT)).iterdir()} >= {"csww_2025.xml", "indicators.html"}


def test_a_source_that_fails_ends_red_at_once_with_the_reason_where_one_looks(council):
    home, api = council
    (home / "extracts" / str(NIGHT) / "hr" / "hr_worker.csv").unlink()
    run = api.run("nightly", {"night": str(NIGHT)})
    assert api.ended("nightly", run) == "failed"
    reason = "hr/hr_worker.csv is not there"
    instances = api.ask("GET", f"/api/v2/dags/nightly/dagRuns/{run}/taskInstances?limit=100")["task_instances"]
    failed = [i for i in instances if i["state"] == "failed" and i["task_id"] == "lane.extract"]
    assert len(failed) == 1
    path = f"/api/v2/dags/nightly/dagRuns/{run}/taskInstances/lane.extract/logs/1?map_index={failed[0]['map_index']}"
    assert reason in json.dumps(api.ask("GET", path))
    address = (home / "postgres" / "port").read_text(), (home / "postgres" / "password").read_text()
    with psycopg.connect(f"postgresql://statutory:{address[1]}@127.0.0.1:{address[0]}/warehouse") as warehouse:
        (message,) = warehouse.execute("select message from ops.run order by started_at desc limit 1").fetchone()
    assert reason in message
