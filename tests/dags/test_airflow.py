"""Airflow for real: its four components, a night triggered there, the DAGs that follow, a source that fails."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
from datetime import date

import psutil
import psycopg
import pytest

from airflow_api import Api
from statutory import sample

DAGS = {"nightly", "statutory_returns", "inspection_pack", "housekeeping", "published_by_seven"}
BEFORE, NIGHT = date(2025, 11, 13), date(2025, 11, 14)


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    """The served pages of a small synthetic council with two nights, stopped as an operator would."""
    home = tmp_path_factory.mktemp("served")
    home.chmod(0o755)
    sample.write(home / "extracts", children=100, nights=2, until=NIGHT, seed=1)
    environment = os.environ | {
        "STATUTORY_HOME": str(home), "STATUTORY_LOCAL": str(home / "local"), "STATUTORY_OUT": str(home / "out"),
        "STATUTORY_SOURCE": str(home / "extracts"), "PYTHONWARNINGS": "ignore",
        "STATUTORY_WAIT_UNTIL": "02:00",  # what the schedule asks for is past its time at any hour of the day
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


def warehouse(home):
    """The warehouse of the served council."""
    port, password = (home / "postgres" / "port").read_text(), (home / "postgres" / "password").read_text()
    return psycopg.connect(f"postgresql://statutory:{password}@127.0.0.1:{port}/warehouse", autocommit=True)


def sums(home, night):
    return {path.name: path.read_bytes() for path in (home / "out" / str(night)).iterdir() if path.is_file()}


def test_nothing_that_was_started_listens_beyond_this_machine(council):
    home, _ = council
    own = [
        one
        for one in psutil.process_iter(["environ"])
        if (one.info["environ"] or {}).get("STATUTORY_HOME") == str(home)
    ]
    ports = {c.laddr for one in own for c in one.net_connections("tcp") if c.status == psutil.CONN_LISTEN}
    assert ports
    assert {address.ip for address in ports} <= {"127.0.0.1", "::1"}


def test_every_dag_is_active_and_none_runs_unasked(council):
    _, api = council
    dags = api.ask("GET", "/api/v2/dags")["dags"]
    assert {dag["dag_id"] for dag in dags if not dag["is_paused"]} == DAGS
    assert {dag: api.runs(dag) for dag in DAGS} == {dag: [] for dag in DAGS}


@pytest.fixture(scope="module")
def backfilled(council):
    """The night before was loaded by a backfill of the day after it, and what follows it has ended."""
    _, api = council
    body = {
        "dag_id": "nightly", "from_date": "2025-11-14T00:00:00Z", "to_date": "2025-11-14T12:00:00Z",
        "dag_run_conf": {}, "max_active_runs": 10,
    }  # fmt: skip
    api.ask("POST", "/api/v2/backfills", body)
    return {dag: api.ended(dag, lambda run: True) for dag in ("statutory_returns", "inspection_pack")}


def test_a_backfill_loads_the_night_of_its_day_and_the_other_dags_follow_for_it(council, backfilled):
    home, api = council
    run = api.ended("nightly", lambda run: run["run_type"] == "backfill")
    assert (run["state"], run["note"]) == ("success", f"night {BEFORE}: published")
    with warehouse(home) as opened:
        assert opened.execute("select night from ops.run").fetchall() == [(BEFORE,)]
    assert {(run["state"], run["note"]) for run in backfilled.values()} == {("success", f"night {BEFORE}")}
    assert sums(home, BEFORE).keys() >= {"csww_2025.xml", "indicators.html"}
    assert (home / "out" / str(BEFORE) / "pack").is_dir()


def test_the_schedule_that_a_backfill_wakes_does_not_end_red_for_a_night_long_past(council, backfilled):
    _, api = council
    run = api.ended("nightly", lambda run: run["run_type"] == "scheduled")
    assert run["state"] == "success"
    assert re.fullmatch(r"night \d{4}-\d\d-\d\d: not run: nothing arrived, and its time was before .*", run["note"])


@pytest.fixture(scope="module")
def triggered(council, backfilled):
    """The newest night, triggered without any parameter."""
    return council[1].by_hand({})


def test_a_night_triggered_without_parameters_ends_with_returns_and_pack(council, triggered):
    home, api = council
    assert api.ask("GET", "/api/v2/dags/nightly/details")["params"]["night"]["schema"]["format"] == "date"
    run, state, note = triggered
    assert (state, note) == ("success", f"night {NIGHT}: published")
    lanes = {task["rendered_map_index"] for task in api.tasks(run) if task["task_id"] == "lane.load"}
    assert lanes == {"case_system", "hr", "agency", "local", "reference"}
    for dag in ("statutory_returns", "inspection_pack"):
        assert api.ended(dag, lambda run: run["note"] == f"night {NIGHT}")["state"] == "success"
    assert sums(home, NIGHT).keys() >= {"csww_2025.xml", "indicators.html"}
    assert (home / "out" / str(NIGHT) / "pack").is_dir()


@pytest.mark.parametrize(
    ("night", "reason"),
    [
        (BEFORE, f"the night {BEFORE} is older than {NIGHT}, which is loaded"),
        (date(2025, 11, 20), "no extract of the night 2025-11-20 arrived: put the folder 2025-11-20 into"),
    ],
)
def test_a_night_that_cannot_be_is_refused_in_its_own_words_and_touches_nothing(council, triggered, night, reason):
    home, api = council
    before = sums(home, BEFORE)
    with warehouse(home) as opened:
        ((runs,),) = opened.execute("select count(*) from ops.run")
        run, state, note = api.by_hand({"night": str(night)})
        assert opened.execute("select count(*) from ops.run").fetchall() == [(runs,)]
    assert state == "failed"
    assert note.startswith(f"night {night}: {reason}")
    last = api.log(run, "open_run")[-1]
    assert last["event"].startswith(reason)
    assert "error_detail" not in last
    assert sums(home, BEFORE) == before
    assert not (home / "out" / "2025-11-20").exists()


def test_a_source_that_fails_ends_red_with_the_reason_and_how_old_its_rows_are(council, triggered):
    home, api = council
    (home / "extracts" / str(NIGHT) / "hr" / "hr_worker.csv").unlink()
    run, state, note = api.by_hand({"night": str(NIGHT)})
    reason = "hr/hr_worker.csv is not there; supply it, map it, or name hr_worker in the setting `unsupplied`"
    ended = f"published, hr is of {BEFORE}, 1 day old: hr was not loaded: {reason}"
    assert (state, note) == ("failed", f"night {NIGHT}: {ended}")
    failed = [i for i in api.tasks(run) if i["state"] == "failed" and i["task_id"] == "lane.extract"]
    assert [task["rendered_map_index"] for task in failed] == ["hr"]
    last = api.log(run, "lane.extract", failed[0]["map_index"])[-1]
    assert last["event"] == reason
    assert "error_detail" not in last
    with warehouse(home) as opened:
        (message,) = opened.execute("select message from ops.run order by started_at desc limit 1").fetchone()
    assert message == ended
