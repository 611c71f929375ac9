"""Airflow's API as a person with a login has it."""

import json
import time
import urllib.request
from collections.abc import Callable
from typing import Any

MINUTES = 6
Run = dict[str, Any]


class Api:
    """The pages' interface, with a login."""

    def __init__(self, address: str, user: str, password: str) -> None:
        self.address = address
        self.token = ""
        self.token = self.ask("POST", "/auth/token", {"username": user, "password": password})["access_token"]

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(self.address + path, method=method)
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(request, data=data, timeout=30) as answer:
            return json.load(answer)

    def runs(self, dag: str) -> list[Run]:
        """The runs of a DAG, the one that began last first."""
        found: list[Run] = self.ask("GET", f"/api/v2/dags/{dag}/dagRuns?order_by=-start_date")["dag_runs"]
        return found

    def ended(self, dag: str, is_it: Callable[[Run], bool]) -> Run:
        """The newest run of which something holds, once it has ended."""
        deadline = time.monotonic() + MINUTES * 60
        while time.monotonic() < deadline:
            found = [run for run in self.runs(dag) if is_it(run)]
            if found and found[0]["state"] in ("success", "failed"):
                return found[0]
            time.sleep(2)
        raise TimeoutError(f"{dag} did not end: {[(run['state'], run['note']) for run in self.runs(dag)]}")

    def by_hand(self, conf: dict[str, Any]) -> tuple[str, str, str]:
        """A run of `nightly` that was started and has ended: its id, its state, its note."""
        body = {"logical_date": None, "conf": conf}
        run = self.ask("POST", "/api/v2/dags/nightly/dagRuns", body)["dag_run_id"]
        ended = self.ended("nightly", lambda found: bool(found["dag_run_id"] == run))
        return run, ended["state"], ended["note"]

    def tasks(self, run: str) -> list[dict[str, Any]]:
        """The task instances of a run of `nightly`."""
        path = f"/api/v2/dags/nightly/dagRuns/{run}/taskInstances?limit=100"
        found: list[dict[str, Any]] = self.ask("GET", path)["task_instances"]
        return found

    def log(self, run: str, task: str, lane: int = -1) -> list[dict[str, Any]]:
        """What a task of `nightly` logged beside Airflow's own groups."""
        path = f"/api/v2/dags/nightly/dagRuns/{run}/taskInstances/{task}/logs/1?map_index={lane}"
        lines = self.ask("GET", path)["content"]
        return [line for line in lines if not line["event"].startswith("::")]
