"""Airflow's API as a person with a login has it."""

import json
import time
import urllib.request
from collections.abc import Callable
from typing import Any

MINUTES = 6


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

    def run(self, dag: str, conf: dict[str, Any]) -> str:
        body = {"logical_date": None, "conf": conf}
        return str(self.ask("POST", f"/api/v2/dags/{dag}/dagRuns", body)["dag_run_id"])

    def ended(self, dag: str, run: str) -> str:
        """The state in which a run ended."""
        return self._until(f"{dag} did not end", lambda: self._end(f"/api/v2/dags/{dag}/dagRuns/{run}"))

    def followed(self, dag: str, run: str) -> str:
        """The state in which the run of another DAG ended that a run set going."""
        runs = f"/api/v2/dags/{dag}/dagRuns"

        def end() -> str | None:
            for found in self.ask("GET", runs)["dag_runs"]:
                events = self.ask("GET", f"{runs}/{found['dag_run_id']}/upstreamAssetEvents")["asset_events"]
                if run in {event["source_run_id"] for event in events}:
                    return self._end(f"{runs}/{found['dag_run_id']}")
            return None

        return self._until(f"{dag} did not follow", end)

    def states(self, dag: str) -> list[str]:
        return [run["state"] for run in self.ask("GET", f"/api/v2/dags/{dag}/dagRuns")["dag_runs"]]

    def _end(self, path: str) -> str | None:
        state = self.ask("GET", path)["state"]
        return str(state) if state in ("success", "failed") else None

    def _until(self, otherwise: str, answer: Callable[[], str | None]) -> str:
        deadline = time.monotonic() + MINUTES * 60
        while time.monotonic() < deadline:
            if found := answer():
                return found
            time.sleep(2)
        raise TimeoutError(otherwise)
