"""The DAG files are wiring: they import without a database, and the night runs through them."""

import os
import subprocess
import sys
from datetime import date

import pytest

from statutory.sources import contract

NIGHT = date(2026, 9, 30)
NEVER_EMPTY = {
    "ssd_person": {"pers_person_id": "C1"},
    "ssd_cin_episodes": {"cine_referral_id": "R1", "cine_person_id": "C1", "cine_referral_date": "2026-09-01"},
    "ssd_professionals": {"prof_professional_id": "P1"},
    "ssd_department": {"dept_team_id": "TA"},
    "ssd_involvements": {"invo_involvements_id": "I1"},
    "ssd_contacts": {"cont_contact_id": "N1", "cont_person_id": "C1"},
    "ssd_cin_assessments": {"cina_assessment_id": "A1", "cina_person_id": "C1", "cina_referral_id": "R1"},
    "hr_worker": {"worker_id": "W1", "swe_number": "SW1", "full_name": "Quilla Testworthy"},
    "hr_post": {"post_id": "P1", "valid_from": "2020-01-01", "team_id": "TA", "csww_scope": "true"},
    "hr_contract": {
        "contract_id": "K1", "worker_id": "W1", "post_id": "P1", "start_date": "2020-01-01",
        "contract_type": "permanent", "fte": "1",
    },
    "team_map": {"hr_team_id": "TA", "valid_from": "2020-01-01"},
}  # fmt: skip


def statutory(home, *arguments):
    """The command line as a user has it, on a home of its own."""
    environment = os.environ | {"STATUTORY_HOME": str(home), "STATUTORY_LOCAL": str(home / "local")}
    program = "from statutory.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    home = tmp_path_factory.mktemp("council")
    folder = home / "extracts" / str(NIGHT)
    for table in contract.tables().values():
        if table.shipped:
            continue
        path = folder / table.source / f"{table.name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [",".join(table.column_names)]
        if row := NEVER_EMPTY.get(table.name):
            lines.append(",".join(row.get(c, "") for c in table.column_names))
        path.write_text("\n".join(lines) + "\n")
    yield home
    statutory(home, "warehouse", "down")


def indicator(home, name):
    printed = statutory(home, "indicators", "--period-end", str(NIGHT), "--format", "csv").stdout.splitlines()
    header = printed[0].split(",")
    return [dict(zip(header, line.split(","), strict=True))["value"] for line in printed[1:] if f",{name}," in line]


def test_the_night_runs_fails_red_and_runs_again(council):
    extracts = str(council / "extracts")
    good = statutory(council, "nightly", "--source", extracts)
    assert good.returncode == 0, good.stderr
    assert "2026-09-30: success" in good.stdout
    assert indicator(council, "W02") == ["1"]

    # A source that fails ends the run red with its name; the night is published with its last accepted rows.
    hr = council / "extracts" / str(NIGHT) / "hr" / "hr_worker.csv"
    kept = hr.read_text()
    hr.unlink()
    bad = statutory(council, "nightly", "--source", extracts)
    assert bad.returncode == 1
    assert "hr was not loaded: hr/hr_worker.csv is not there" in " ".join(bad.stdout.split())
    assert indicator(council, "W02") == ["1"]

    hr.write_text(kept)
    again = statutory(council, "nightly", "--source", extracts)
    assert again.returncode == 0, again.stderr
    logs = "".join(p.read_text(errors="replace") for p in council.rglob("*.log"))
    assert "Testworthy" not in logs + good.stdout + bad.stdout + bad.stderr


def test_the_set_of_dags_and_what_each_has(council):
    program = """
from statutory.tasks import local
local.configure()
from airflow.dag_processing.dagbag import DagBag
from statutory.paths import DAGS
bag = DagBag(DAGS)
found = {d: (bool(g.doc_md), sorted(g.tags), g.default_args.get("retries")) for d, g in bag.dags.items()}
print(bag.import_errors, found)
"""
    environment = os.environ | {"STATUTORY_HOME": str(council)}
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert result.stdout.splitlines()[-1] == "{} {'nightly': (True, ['nightly'], 2)}"
