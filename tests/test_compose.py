"""The compose file and the image: what the specification allows, and what an operator may rely on."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from statutory.paths import PROJECT

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
AIRFLOW = [name for name, service in SERVICES.items() if service["image"].startswith("statutory")]
PROGRAMS = Path(sys.executable).parent


def test_the_file_keeps_the_compose_specification():
    command = [PROGRAMS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", PROJECT / "docker-compose.yml"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_the_image_has_nothing_that_a_linter_of_images_warns_of():
    result = subprocess.run(
        [PROGRAMS / "hadolint", PROJECT / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (0, "")


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_that_stays_says_whether_it_is_well(name):
    service = SERVICES[name]
    assert ("healthcheck" in service) == (service["restart"] != "no")


@pytest.mark.parametrize("name", SERVICES)
def test_no_password_stands_in_the_file_and_each_secret_is_a_file(name):
    service = SERVICES[name]
    for key, value in service["environment"].items():
        if re.search("PASSWORD|SECRET|KEY|ALCHEMY_CONN", key):
            assert key.endswith(("_FILE", "_CMD"))
            name = value.rpartition("/")[2]
            # Airflow wants to write to the file of its passwords, so init copies that secret into its own folder.
            copied = f"install -m 600 /run/secrets/{name} {value}" in SERVICES["init"]["command"][-1]
            assert value.removeprefix("cat ").startswith("/run/secrets/") or copied
            assert name in service["secrets"]
        assert "${" not in str(value)  # nothing that falls back to a default
    for secret in service["secrets"]:
        assert COMPOSE["secrets"][secret] == {"file": f"./secrets/{secret}"}


@pytest.mark.parametrize("name", AIRFLOW)
def test_a_service_of_airflow_waits_for_the_database_and_the_migration(name):
    waits = {other: condition["condition"] for other, condition in SERVICES[name]["depends_on"].items()}
    assert waits["postgres"] == "service_healthy"
    assert name == "init" or waits["init"] == "service_completed_successfully"


@pytest.mark.parametrize("name", AIRFLOW)
def test_each_command_is_one_of_the_environment(name):
    first, *rest = SERVICES[name]["command"]
    for program in {first} | set(re.findall(r"(?:^|&& )(\w+)", rest[-1]) if first == "sh" else []):
        assert (PROGRAMS / program).exists() or program in {"sh", "install"}  # which every Debian has


def test_a_person_on_this_machine_alone_reaches_the_pages():
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:8080:8080"]


def test_no_service_serves_logs_to_whoever_asks():
    for name in ("scheduler", "triggerer"):
        assert "--skip-serve-logs" in SERVICES[name]["command"]


def test_the_operator_is_told_to_give_each_folder_to_the_user_of_the_image():
    told = (PROJECT / "docs" / "operations.md").read_text()
    (user,) = re.findall(r"^USER (\d+)$", (PROJECT / "Dockerfile").read_text(), re.MULTILINE)
    mounted = {v.partition(":")[0].removeprefix("./") for v in COMPOSE["x-airflow"]["volumes"] if v.startswith("./")}
    assert mounted == {"extracts", "out", "local"}
    (made,) = re.findall(r"^mkdir -m 700 (.*)$", told, re.MULTILINE)
    (given,) = re.findall(rf"^chown -R {user} (.*)$", told, re.MULTILINE)
    assert set(made.split()) == set(given.split()) == mounted | {"secrets"}
    assert f"cp -r DIR/. extracts/ && chown -R {user} extracts" in told


def test_the_image_is_of_a_python_that_the_project_takes_and_runs_as_nobody_special():
    text = (PROJECT / "Dockerfile").read_text()
    version = re.search(r"FROM python:(\d+\.\d+)", text)[1]
    wanted = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert wanted == ">=3.11,<3.14"
    assert version in ("3.11", "3.12", "3.13")
    assert re.search(r"^USER 50000$", text, re.MULTILINE)
