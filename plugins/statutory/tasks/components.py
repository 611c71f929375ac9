"""Airflow's four components, started and stopped by us: `make airflow` serves the UI on the embedded server.

Each runs in a session of its own with its own log, because ending `airflow standalone` leaves orphans behind.
"""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from statutory.errors import WarehouseError
from statutory.settings import Council
from statutory.tasks import local
from statutory.telling import Telling
from statutory.warehouse import connection
from statutory.warehouse.migrate import migrate

# Logs are read from their files, so nothing needs the servers of logs, which listen on every address of the machine.
COMPONENTS = {
    "api-server": ("--host", "127.0.0.1"),
    "scheduler": ("--skip-serve-logs",),
    "dag-processor": (),
    "triggerer": ("--skip-serve-logs",),
}
WANTED_PORT = 8080
USER = "engineer"
PATIENCE = 180  # seconds until the page answers


@contextlib.contextmanager
def running(council: Council, telling: Telling) -> Iterator[tuple[str, str, dict[str, subprocess.Popen[bytes]]]]:
    """The address of the UI, the password of its login, and the components, while the block runs.

    Raises:
        WarehouseError: a component ended or the page did not answer; the name of its log is in the text.
    """
    started: dict[str, subprocess.Popen[bytes]] = {}
    try:
        with telling.moving():
            with telling.step("the database server"):
                connection.start(council, "airflow")
                home = local.configure(council)
                migrate(council)
            port = _free_port()
            password = _password(home / "passwords.json")
            os.environ.update(
                {
                    "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
                    "AIRFLOW__CORE__PARALLELISM": "4",
                    "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://localhost:{port}/execution/",
                    "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
                    "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home / "passwords.json"),
                    "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_hex(32),
                    "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO",
                }
                # The processes of Airflow are handed the folder by its environment alone.
                | ({"STATUTORY_SOURCE": str(council.source)} if council.source else {})
            )
            airflow = str(Path(sys.executable).parent / "airflow")
            with telling.step("Airflow's database"), (home / "migrate.log").open("w") as log:
                if subprocess.run([airflow, "db", "migrate"], stdout=log, stderr=log, check=False).returncode:
                    raise WarehouseError(f"Airflow's database could not be made ready; see {home / 'migrate.log'}")
            address = f"http://127.0.0.1:{port}"
            with telling.step("Airflow"):
                for component, arguments in COMPONENTS.items():
                    at = ("--port", str(port)) if component == "api-server" else ()
                    with (home / f"{component}.log").open("w") as log:
                        started[component] = subprocess.Popen(
                            [airflow, component, *arguments, *at], stdout=log, stderr=log, start_new_session=True
                        )
                _wait_for(council, address, started)
        yield address, password, started
    finally:
        for process in started.values():
            _end(process)


def serve(council: Council, telling: Telling) -> None:
    """Serve until Ctrl-C or SIGTERM, or until a component ends.

    Raises:
        WarehouseError: a component ended by itself; the others are stopped.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    with running(council, telling) as (address, password, started), contextlib.suppress(KeyboardInterrupt):
        sys.stdout.write(f"Airflow is at {address}, login {USER}, password {password}; Ctrl-C stops it\n")
        sys.stdout.flush()
        while True:
            time.sleep(1)
            _all_alive(council, started)


def _all_alive(council: Council, started: dict[str, subprocess.Popen[bytes]]) -> None:
    for component, process in started.items():
        if process.poll() is not None:
            raise WarehouseError(f"Airflow's {component} ended; see {local.logs(council) / f'{component}.log'}")


def _wait_for(council: Council, address: str, started: dict[str, subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        _all_alive(council, started)
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"{address}/api/v2/monitor/health", timeout=5) as answer,  # noqa: S310,
        ):
            state = json.load(answer)
            if all(state[part]["status"] == "healthy" for part in ("scheduler", "dag_processor", "triggerer")):
                return
        time.sleep(1)
    raise WarehouseError(f"Airflow does not answer at {address}; see the logs in {local.logs(council)}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a component and whatever it started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=15)
            # The session leader has ended; its workers end with the second signal at the latest.


def _free_port() -> int:
    for port in (WANTED_PORT, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise WarehouseError("no free port on 127.0.0.1")


def _password(file: Path) -> str:
    """The password of the login, made on first use and kept in a file for its owner only."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(json.dumps({USER: secrets.token_urlsafe(12)}))
    return str(json.loads(file.read_text())[USER])
