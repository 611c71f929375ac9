"""`make image`: build the Dockerfile, run a night in it by command, then one through the compose file's services.

No Docker engine is needed: buildah builds and runs, on a base that debootstrap makes once and that is kept in the
user's cache folder. The folders and secrets are made by the lines of docs/operations.md, the services are started as
docker-compose.yml says: command, environment, secrets, volumes, order and health check are read from it. They run in
namespaces of their own, so no port of this machine is taken and no process is left behind. The postgres service has
PostgreSQL from the wheel in our image, prepared as the entry point of its own image does it.
"""

import contextlib
import fcntl
import json
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml

from airflow_api import Api

PROJECT = Path(__file__).resolve().parents[1]
PROGRAMS = ("buildah", "debootstrap", "unshare", "openssl", "git")
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "statutory" / "image"
IMAGE = "localhost/statutory:latest"
BY_COMMAND, BY_SERVICES = date(2025, 11, 14), date(2025, 11, 15)
PATIENCE = 300  # seconds until a service is well, or a DAG has ended
# What the entry point of the postgres image does: make the cluster and its database once, then run the command.
POSTGRES = r"""
set -eu
PATH=$(python -c 'from statutory.warehouse.server import wheel_directory as w; print(w() / "pginstall" / "bin")'):$PATH
export PGDATA=/var/lib/postgresql/18/docker PGHOST=127.0.0.1
if [ "$1" = postgres ]; then
    initdb --username="$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" $POSTGRES_INITDB_ARGS
    echo "create database $POSTGRES_DB" | postgres --single postgres
    set -- "$@" -c listen_addresses=127.0.0.1 -c unix_socket_directories=
fi
exec "$@"
"""


def buildah(*arguments: str | Path, log: Path | None = None) -> str:
    """What a command of buildah prints, in a storage of its own; SystemExit with its last line when it fails."""
    result = subprocess.run(_buildah(*arguments), capture_output=True, text=True, check=False)
    if log:
        log.write_text(result.stdout + result.stderr)
    if result.returncode:
        raise SystemExit(f"buildah {arguments[0]} failed: {(result.stderr.strip().splitlines() or ['no word'])[-1]}")
    return result.stdout.strip()


def _buildah(*arguments: str | Path) -> list[str | Path]:
    return ["buildah", "--root", CACHE / "storage", "--runroot", CACHE / "run", *arguments]


@contextlib.contextmanager
def told(step: str) -> Iterator[None]:
    """A line for a step, with its seconds."""
    started = time.monotonic()
    print(f"{step} ...", flush=True)
    yield
    print(f"{step}: done, {time.monotonic() - started:.0f} s", flush=True)


def make_base(name: str, log: Path) -> None:
    """The image that the Dockerfile is built on, of Debian's packages, from the mirror that this machine uses."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    release = name.rpartition("-")[2]
    with tempfile.TemporaryDirectory(dir=CACHE) as folder, log.open("w") as said:
        root = Path(folder)
        packages = "--include=python3,python3-pip,python3-venv,ca-certificates,tzdata"
        command = ["debootstrap", "--variant=minbase", packages, release, root, listed[0]]
        if subprocess.run(command, stdout=said, stderr=said, check=False).returncode:
            raise SystemExit(f"debootstrap failed; see {log}")
        for file in root.glob("usr/lib/python3*/EXTERNALLY-MANAGED"):
            file.unlink()
        (root / "usr/bin/python").symlink_to("python3")
        # The authorities that this machine trusts, also those of its owner.
        shutil.copy(Path("/etc/ssl/certs/ca-certificates.crt"), root / "etc/ssl/certs/ca-certificates.crt")
        container = buildah("from", "scratch")
        buildah("add", "--quiet", container, root, "/")
        path = "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin"
        authorities = "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"
        buildah("config", "--env", f"PATH={path}", "--env", authorities, container)
        buildah("commit", "--quiet", "--rm", container, name)


def build(context: Path, logs: Path) -> None:
    """The base where it is not kept yet, and the image of a clone."""
    found = re.search(r"^FROM (\S+)", (context / "Dockerfile").read_text(), re.MULTILINE)
    assert found
    base = f"docker.io/library/{found[1]}"
    if base not in buildah("images", "--noheading", "--format", "{{.Name}}:{{.Tag}}").splitlines():
        with told(f"the base {found[1]} by debootstrap"):
            make_base(base, logs / "base.log")
    with told("the image"):
        buildah(
            "bud", "--pull=never", "--layers", "--network", "host", "--tag", IMAGE, context,
            log=logs / "build.log",
        )  # fmt: skip
        buildah("rmi", "--prune")


def prepare(site: Path) -> None:
    """Folders and secrets, by the lines of the documentation as they stand there; then the extracts of two nights."""
    text = (site / "docs" / "operations.md").read_text()
    found = re.search(r"## On one server with containers\n.*?```\n(.*?)```.*?```\n(.*?)```", text, re.DOTALL)
    assert found
    *lines, last = found[1].splitlines()
    assert last.startswith("docker compose up"), last
    assert "DIR/" in found[2], found[2]
    council = ["sample", "--out", "DIR", "--children", "300", "--nights", "2", "--until", str(BY_SERVICES)]
    subprocess.run(["sh", "-e", "-c", "\n".join(lines)], cwd=site, check=True)
    subprocess.run([PROJECT / ".venv/bin/statutory", *council], cwd=site, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["sh", "-e", "-c", found[2]], cwd=site, check=True)


class Services:
    """The services of a compose file in a folder, started in the order that it says."""

    def __init__(self, site: Path, container: str, logs: Path) -> None:
        self.site, self.container, self.logs = site, container, logs
        self.file = yaml.safe_load((site / "docker-compose.yml").read_text())
        self.started: dict[str, subprocess.Popen[bytes]] = {}
        self.hosts = site / "hosts"
        self.hosts.write_text("".join(f"127.0.0.1 {name}\n" for name in ("localhost", *self.file["services"])))
        for name in self.file["volumes"]:  # a new one belongs to the user of the image
            (site / "volumes" / name).mkdir(parents=True)
            os.chown(site / "volumes" / name, 50000, 50000)

    def command(self, name: str, arguments: list[str]) -> list[str | Path]:
        """A command in the container of a service, with its environment, secrets and volumes."""
        service = self.file["services"][name]
        mounts = [f"{self.hosts}:/etc/hosts:ro"]
        for volume in service["volumes"]:
            source, _, target = volume.partition(":")
            folder = self.site if source.startswith(".") else self.site / "volumes"
            mounts.append(f"{folder / source}:{target}")
        for secret in service["secrets"]:
            mounts.append(f"{self.site / self.file['secrets'][secret]['file']}:/run/secrets/{secret}:ro")
        if name == "postgres":
            arguments = ["sh", "-c", POSTGRES, "sh", *arguments]
        return _buildah(
            "run", "--isolation", "chroot", "--network", "host", "--no-hosts",
            *(word for key, value in service["environment"].items() for word in ("--env", f"{key}={value}")),
            *(word for mount in mounts for word in ("--volume", mount)), self.container, "--", *arguments,
        )  # fmt: skip

    def run(self, name: str, arguments: list[str], what: str) -> None:
        """Run a command to its end; SystemExit with what it said last when it fails."""
        log = self.logs / f"{what}.log"
        with log.open("w") as said:
            code = subprocess.run(self.command(name, arguments), stdout=said, stderr=said, check=False).returncode
        if code:
            raise SystemExit(f"{what} failed: {_last(log)}")

    def up(self, name: str) -> None:
        """Start a service after those it waits for, and wait until it is well, or has ended well."""
        service = self.file["services"][name]
        for other in service.get("depends_on", {}):
            if other not in self.started:
                self.up(other)
        with told(f"service {name}"):
            with (self.logs / f"{name}.log").open("w") as said:
                running = subprocess.Popen(self.command(name, service["command"]), stdout=said, stderr=said)
            self.started[name] = running
            if "healthcheck" not in service:
                if running.wait(PATIENCE):
                    raise SystemExit(f"the service {name} failed: {_last(self.logs / f'{name}.log')}")
                return
            kind, *test = service["healthcheck"]["test"]
            check = self.command(name, ["sh", "-c", *test] if kind == "CMD-SHELL" else test)
            deadline = time.monotonic() + PATIENCE
            while subprocess.run(check, capture_output=True, check=False).returncode:
                self.all_alive()
                if time.monotonic() > deadline:
                    raise SystemExit(f"the service {name} is not well after {PATIENCE} s; see {self.logs}")
                time.sleep(1)

    def all_alive(self) -> None:
        """SystemExit when a service ended that should not."""
        for name, process in self.started.items():
            if process.poll() is not None and "healthcheck" in self.file["services"][name]:
                raise SystemExit(f"the service {name} ended: {_last(self.logs / f'{name}.log')}")

    def address(self) -> str:
        """Where a person on the machine reaches the pages."""
        ((port,),) = (service["ports"] for service in self.file["services"].values() if "ports" in service)
        return f"http://{port.rpartition(':')[0]}"


def _last(log: Path) -> str:
    return (log.read_text(errors="replace").strip().splitlines() or ["it said nothing"])[-1]


def is_published(site: Path, night: date, commit: str) -> None:
    """SystemExit when a night is not there, has no pack and no return, or names another commit."""
    out = site / "out" / str(night)
    wanted = ("manifest.json", "indicators.html", "csww_2025.xml", "pack")
    if missing := [name for name in wanted if not (out / name).exists()]:
        raise SystemExit(f"the night {night} has no {', '.join(missing)}")
    made_by = json.loads((out / "manifest.json").read_text())["revision"]
    if not commit.startswith(made_by):
        raise SystemExit(f"the night {night} names the commit {made_by}, the image is of {commit}")


def inside(site: Path, container: str, logs: Path, commit: str) -> None:
    """In namespaces of our own: a night by command, then all services and a night through them."""
    with socket.socket() as any_socket:  # the loopback of a new network is down
        up = struct.pack("16sh", b"lo", 0x41)
        fcntl.ioctl(any_socket, 0x8914, up)
    services = Services(site, container, logs)
    services.up("init")
    with told(f"the night {BY_COMMAND} by command"):
        command = ["statutory", "nightly", "--source", "/extracts", "--night", str(BY_COMMAND)]
        services.run("init", command, "nightly")
    is_published(site, BY_COMMAND, commit)
    for name in services.file["services"]:
        if name not in services.started:
            services.up(name)
    ((user, password),) = json.loads((site / "secrets" / "airflow_passwords").read_text()).items()
    api = Api(services.address(), user, password)
    with told(f"the night {BY_SERVICES} through the services"):
        _, state, note = api.by_hand({"night": str(BY_SERVICES)})
        if state != "success":
            raise SystemExit(f"nightly ended {state}, {note}; see {logs}")
        for dag in ("statutory_returns", "inspection_pack"):
            after = api.ended(dag, lambda run: bool(run["note"] == f"night {BY_SERVICES}"))
            if after["state"] != "success":
                raise SystemExit(f"{dag} after it ended {after['state']}; see {logs}")
    services.all_alive()
    is_published(site, BY_SERVICES, commit)


def main() -> None:
    """Build, prepare and run; SystemExit with one line when something is missing or fails."""
    if sys.argv[1:]:
        site, container, logs, commit = sys.argv[1:]
        try:
            inside(Path(site), container, Path(logs), commit)
        except TimeoutError as error:
            raise SystemExit(str(error)) from None
        return
    if os.geteuid():
        raise SystemExit("make image needs root")
    if missing := [name for name in PROGRAMS if not shutil.which(name)]:
        raise SystemExit(f"make image needs {', '.join(missing)}: apt-get install buildah debootstrap")
    started = time.monotonic()
    # Downloads of the build are kept between runs.
    os.environ |= {"BUILDAH_ISOLATION": "chroot", "TMPDIR": str(CACHE / "tmp")}
    (CACHE / "tmp").mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=CACHE))
    work.chmod(0o755)
    site, logs = work / "site", work / "logs"
    logs.mkdir()
    subprocess.run(["git", "clone", "--quiet", PROJECT, site], check=True)
    build(site, logs)
    with told("folders, secrets and extracts"):
        prepare(site)
    container = buildah("from", "--pull=never", IMAGE)
    commit = subprocess.run(["git", "-C", site, "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout
    try:
        subprocess.run(
            ["unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc",
             sys.executable, __file__, site, container, logs, commit.strip()],
            check=True,
        )  # fmt: skip
    except subprocess.CalledProcessError:
        raise SystemExit(f"what each step said is in {logs}") from None
    finally:
        buildah("rm", container)
    shutil.rmtree(work)
    print(f"a night by command and a night through the services are published; {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
