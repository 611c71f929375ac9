"""The DAGs for real, on the synthetic council: what a night gives, what it never shows, how it fails and runs again."""

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal

import psycopg
import pytest
from lxml import etree

from councils import SHIPPED
from statutory import sample
from statutory.indicators.definition import indicators
from statutory.sources import contract

NIGHT, NEXT = date(2025, 11, 14), date(2025, 11, 15)

# Agency worker rate (FTE) of each 30 September, as published for the council whose figures the sample tells.
PUBLISHED = {
    2017: "38.1", 2018: "33.2", 2019: "26.0", 2020: "23.5", 2021: "23.0", 2022: "21.8", 2023: "21.5", 2024: "26.8",
    2025: "9.0",
}  # fmt: skip


def statutory(home, *arguments, **more):
    """The command line as a user has it, on a home of its own."""
    environment = os.environ | {
        "STATUTORY_HOME": str(home), "STATUTORY_LOCAL": str(home / "local"), "STATUTORY_OUT": str(home / "out"),
        "COLUMNS": "200",
    } | more  # fmt: skip
    program = "from statutory.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("council")
    folder.chmod(0o755)
    yield folder
    statutory(folder, "warehouse", "down")


@pytest.fixture(scope="module")
def first(home):
    """What the first night printed."""
    result = statutory(home, "nightly")
    assert result.returncode == 0, result.stdout + result.stderr
    return result


@pytest.fixture(scope="module")
def warehouse(home, first):
    with psycopg.connect(statutory(home, "warehouse", "url").stdout.strip(), autocommit=True) as connection:
        yield connection


def history(warehouse):
    """The number of versions of every source table, and of those that ended."""
    names = [t.name for t in contract.tables().values() if t.history]
    counted = " union all ".join(f"select seen_to < 'infinity' as ended from history.{name}" for name in names)
    return warehouse.execute(f"select count(*), count(*) filter (where ended) from ({counted}) as version").fetchone()


def defects(home):
    with (home / "sample" / "defects.csv").open() as file:
        return list(csv.DictReader(file))


def figures(home, period_end, indicator, *more):
    result = statutory(home, "indicators", indicator, "--period-end", str(period_end), "--format", "json", *more)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_a_line_for_each_step_and_a_closing_table(home, first):
    for step in ("nightly extract hr done", "nightly check case_system done", "nightly publish done"):
        assert step in first.stdout
    assert "statutory_returns csww done" in first.stdout
    assert "inspection_pack indicator_page done" in first.stdout
    assert f"published {NIGHT}" in first.stdout
    assert re.search(r"^case_system +46 +[\d,]+ +[\d,]+ +2 +8 ", first.stdout, re.MULTILINE)


def test_the_manifest_names_every_file_of_the_night(home, first):
    manifest = json.loads((home / "out" / str(NIGHT) / "manifest.json").read_text())
    quarters = [f"agency_quarterly_{quarter}" for quarter in (20253, 20254)]
    parts = ("Assignment.csv", "AuthorityQuarter.csv", "fix_list.csv", "fix_list.xlsx")
    areas = {indicator.area for indicator in indicators(SHIPPED).values()}
    assert manifest["files"].keys() == {
        *(f"{quarter}_{part}" for quarter in quarters for part in parts),
        *(name for area in areas for name in (f"{area}.html", f"members_{area}.csv")),
        "checks.html", "csww_2025.xml", "csww_2025_characteristics.csv", "csww_2025_characteristics_public.csv",
        "csww_2025_fix_list.csv", "csww_2025_fix_list.xlsx", "csww_2025_statistics.csv",
        "csww_2026_characteristics.csv", "csww_2026_characteristics_public.csv", "csww_2026_fix_list.csv",
        "csww_2026_fix_list.xlsx", "csww_2026_statistics.csv", "dictionary.html", "indicators.csv", "indicators.html",
        "worklist.csv",
    }  # fmt: skip


def test_whatever_a_night_wrote_is_for_its_own_user_alone(home, first):
    backup = home / "warehouse.dump"
    assert statutory(home, "backup", str(backup)).returncode == 0
    written = [path for path in home.rglob("*") if not path.is_symlink()]
    for part in ("out", "sample", "airflow/nightly.log", "airflow/logs", "postgres/data", "postgres/postgres.log"):
        assert home / part in written
    assert backup in written
    assert not [str(path) for path in written if path.stat().st_mode & 0o077]


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_agency_rate_of_each_census_day_is_the_published_one(home, first, year):
    (row,) = figures(home, f"{year}-09-30", "W06")
    assert Decimal(row["value"]).quantize(Decimal("0.1")) == Decimal(PUBLISHED[year])


def test_the_permanent_share_began_at_a_fifth_and_was_62_percent_in_2017(home, first):
    (began,), (seed,) = figures(home, "2014-09-30", "W09"), figures(home, "2017-09-30", "W09")
    assert Decimal(began["value"]) == 20
    assert round(Decimal(seed["value"])) == 62


def test_the_sums_of_the_return_agree_with_the_published_figures_of_2025(home, first):
    tree = etree.parse(home / "out" / str(NIGHT) / "csww_2025.xml")
    sums = Counter()
    for worker in tree.iter("CSWWWorker"):
        kind = (
            "agency"
            if worker.findtext("AgencyWorker") == "1"
            else "left"
            if worker.find("RoleEndDate") is not None
            else "in"
        )
        sums[f"{kind} headcount"] += 1
        sums[f"{kind} fte"] += Decimal(worker.findtext("FTE30" if kind == "left" else "FTE"))
    rounded = {name: round(float(value), 1) for name, value in sums.items()}
    assert rounded == {
        "in headcount": 184, "in fte": 181.0, "agency headcount": 18, "agency fte": 18.0, "left headcount": 30,
        "left fte": 28.2,
    }  # fmt: skip
    assert tree.findtext("LALevel/NumberOfVacancies") == "109.00"
    assert Decimal(tree.findtext("LALevel/NoAgencyFTE")) == 14


def test_the_census_balances_with_that_of_the_year_before(home, first):
    result = statutory(home, "returns", "balance", "csww", "--year", "2025")
    assert result.returncode == 0, result.stderr
    lines = [line.split() for line in result.stdout.splitlines() if line.startswith("employed  ")]
    found = {" ".join(words[1:-2]): words[-2:] for words in lines}
    # 165 people and 161.3 of 2024, and the leavers of 2025, as published.
    assert found["in post last year"] == ["165", "161.30"]
    assert found["leavers"] == ["-30", "-28.20"]
    assert found["in post this year"] == ["184", "181.00"]
    assert found["difference"] == ["0", "0.00"]
    # What was built to compare with is gone again.
    assert "is not built" in statutory(home, "returns", "gaps", "csww", "--year", "2024").stderr


def test_a_figure_is_traced_to_its_members_and_to_the_files_it_rests_on(home, first):
    traced = statutory(home, "trace", "W06", "--period-end", "2025-09-30")
    assert traced.returncode == 0, traced.stderr
    assert "numerator 18, denominator 199, percent 9.0" in traced.stdout
    assert "202 members" in traced.stdout  # 184 employed and 18 agency workers
    file = home / "sample" / str(NIGHT) / "hr" / "hr_contract.csv"
    assert hashlib.sha256(file.read_bytes()).hexdigest() in traced.stdout
    assert not [name for name in sample.people.SURNAMES if name in traced.stdout]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("trace", "W99"), f"there is no indicator W99; there is {', '.join(sorted(indicators(SHIPPED)))}"),
        (("trace", "W06", "--view", "due"), "W06 has no view due; it has members"),
        (("trace", "W06", "--period", "year"), "W06 has no period year; it has snapshot"),
        (
            ("trace", "W06", "--night", "2020-01-01"),
            "the night 2020-01-01 is not loaded: the first loaded night is 2025-11-14, the last 2025-11-14",
        ),
        (
            ("build", "--night", "2030-01-01"),
            "the night 2030-01-01 is not loaded: the first loaded night is 2025-11-14, the last 2025-11-14",
        ),
        (
            ("indicators", "--period-end", "2025-09-30", "--by", "age"),
            "there is no breakdown by age; there are team, age band, sex, ethnic group, disability, primary need,"
            " placement, unaccompanied, worker",
        ),
        (
            ("nightly", "--source", "/nowhere"),
            "the folder nowhere has no nights: it needs a folder per night, named yyyy-mm-dd",
        ),
    ],
)
def test_what_cannot_be_answered_is_one_sentence_and_exit_status_1(home, first, arguments, message):
    result = statutory(home, *arguments)
    assert (result.returncode, result.stderr.strip()) == (1, message)


def test_each_seeded_defect_is_found_where_it_stands_and_none_else(home, warehouse):
    listed = defects(home)
    assert {row["night"] for row in listed} == {str(NIGHT)}
    untyped = {"non_date", "bad_number"}
    rejected = warehouse.execute("select table_name, row_key, column_name from quality.reject").fetchall()
    assert Counter(rejected) == Counter(
        (row["table"], row["key"], row["column"]) for row in listed if row["kind"] in untyped
    )
    keyless = {"missing_key", "duplicate_key", "duplicate_row"}
    quarantined = warehouse.execute("select table_name, source_row from quality.quarantine").fetchall()
    assert Counter(quarantined) == Counter((row["table"], int(row["row"])) for row in listed if row["kind"] in keyless)
    lost = warehouse.execute("select table_name, row_key, column_name from published.lost_reference").fetchall()
    assert Counter(lost) == Counter(
        (row["table"], row["key"], row["column"]) for row in listed if row["kind"] == "orphan"
    )


def test_each_check_that_warns_counts_the_seeded_defects_and_no_other_warns(home, warehouse):
    checks = {
        "non_date": "type", "bad_number": "type", "unknown_code": "code", "missing_required": "present",
        "bad_format": "format", "missing_key": "present", "duplicate_row": "unique", "duplicate_key": "unique",
    }  # fmt: skip
    # Two rows of one key are one failure of the check that keys are unique.
    seeded = {
        (f"{row['table']}/{row['column']}/{checks[row['kind']]}", row["key"])
        for row in defects(home)
        if row["kind"] in checks
    }
    found = warehouse.execute("select check_id, failures from quality.expectation_result where not passed").fetchall()
    assert dict(found) == Counter(check for check, _ in seeded)


def test_no_person_is_in_a_log_a_message_or_a_result(home, first, warehouse):
    surnames, born = set(sample.people.SURNAMES), set()
    for path in (home / "sample").rglob("*.csv"):
        with path.open() as file:
            for row in csv.DictReader(file):
                born |= {row[c] for c in ("pers_dob", "birth_date", "moth_childs_dob") if row.get(c)}
    texts = [first.stdout, first.stderr]
    texts += [
        p.read_text(errors="replace")
        for p in home.rglob("*")
        if p.is_file() and {"airflow", "postgres"} & set(p.parts) and p.suffix == ".log"
    ]
    with psycopg.connect(statutory(home, "warehouse", "url", "--database", "airflow").stdout.strip()) as metadata:
        texts += [row[0] for row in metadata.execute("select value::text from xcom")]
        texts += [row[0] for row in metadata.execute("select conf::text from dag_run")]
    for table in ("quality.expectation_result", "quality.reject", "quality.quarantine", "ops.run", "ops.batch"):
        texts += [row[0] for row in warehouse.execute(f"select found::text from {table} as found")]
    assert len(texts) > 500
    everything = "\n".join(texts)
    assert not [name for name in surnames if name in everything]
    days = set(re.findall(r"\d{4}-\d{2}-\d{2}", everything)) - {"2000-01-01"}
    assert not days & {day for day in born if day < "2019"}


def test_a_failed_source_ends_red_and_a_run_again_changes_nothing(home, warehouse):
    manifest = home / "out" / str(NIGHT) / "manifest.json"
    before, versions = manifest.read_text(), history(warehouse)
    hr = home / "sample" / str(NIGHT) / "hr" / "hr_worker.csv"
    kept = hr.read_text()
    hr.unlink()
    bad = statutory(home, "nightly")
    assert bad.returncode == 1
    assert "hr was not loaded: hr/hr_worker.csv is not there" in bad.stdout
    assert "Traceback" not in bad.stdout + bad.stderr
    hr.write_text(kept)
    again = statutory(home, "nightly")
    assert again.returncode == 0, again.stdout
    assert manifest.read_text() == before
    assert history(warehouse) == versions


def test_the_next_night_leaves_the_first_as_it_was_and_both_stand_in_one_query(home, warehouse):
    before = figures(home, NIGHT, "T03", "--night", str(NIGHT))
    later = statutory(home, "nightly", "--night", str(NEXT))
    assert later.returncode == 0, later.stdout
    assert figures(home, NIGHT, "T03", "--night", str(NIGHT)) == before
    ((added,),) = warehouse.execute(
        """
        select count(*) from (
            select invo_involvements_id from night_2025_11_15.ssd_involvements
            except select invo_involvements_id from night_2025_11_14.ssd_involvements
        ) as involvement
        """
    )
    assert added > 0


def test_a_night_that_cannot_be_is_refused_at_once_and_nothing_is_touched(home, warehouse):
    before = {path: path.read_bytes() for path in (home / "out").rglob("*") if path.is_file()}
    older = statutory(home, "nightly", "--night", str(NIGHT))
    assert (older.returncode, "nightly" in older.stdout) == (1, False)  # no step of a night began
    assert older.stderr.startswith(f"the night {NIGHT} is older than {NEXT}, which is loaded")
    absent = statutory(home, "nightly", "--source", str(home / "sample"), "--night", "2025-11-20")
    assert (absent.returncode, "nightly" in absent.stdout) == (1, False)
    assert "sample has no night 2025-11-20; it has 2025-11-14, 2025-11-15" in absent.stderr
    assert {path: path.read_bytes() for path in (home / "out").rglob("*") if path.is_file()} == before


def test_without_the_case_system_last_night_stays_and_nothing_is_made_of_this_one(home, warehouse):
    night = home / "sample" / "2025-11-16"
    shutil.copytree(home / "sample" / str(NEXT), night)
    shutil.rmtree(night / "case_system")
    result = statutory(home, "archive", "--source", str(home / "sample"))
    assert result.returncode == 1
    assert "1 nights to load, the newest one loaded is 2025-11-15" in result.stdout
    assert "case_system was not loaded: case_system: the folder 2025-11-16/case_system is not there" in result.stdout
    assert "statutory_returns: not run, no night was published" in result.stdout
    # What the checks found is told all the same.
    assert {path.name for path in (home / "out" / "2025-11-16").iterdir()} == {"checks.html", "manifest.json"}
    assert warehouse.execute("select night from ops.published").fetchone() == (NEXT,)


def test_a_restored_warehouse_gives_the_same_values(home, warehouse, tmp_path_factory):
    other = tmp_path_factory.mktemp("restored")
    other.chmod(0o755)
    file = other / "warehouse.dump"
    assert statutory(home, "backup", str(file)).returncode == 0
    restored = statutory(other, "restore", str(file))
    try:
        assert restored.stdout.strip() == f"restored; the published night is {NEXT}", restored.stderr
        for night in (NIGHT, NEXT):
            arguments = (
                "indicators",
                "--period-end",
                "2025-09-30",
                "--night",
                str(night),
                "--by",
                "team",
                "--format",
                "csv",
            )
            assert statutory(other, *arguments).stdout == statutory(home, *arguments).stdout
        again = statutory(other, "restore", str(file))
        assert (again.returncode, again.stderr.strip()) == (
            1, "the warehouse holds the night 2025-11-16: restore into an empty one",  # the other sources of that night
        )  # fmt: skip
    finally:
        statutory(other, "warehouse", "down")


def test_a_council_without_two_sources_has_a_green_night_and_says_no_source(tmp_path_factory):
    home = tmp_path_factory.mktemp("without")
    home.chmod(0o755)
    extracts = home / "extracts"
    sample.write(extracts, children=50, nights=1, until=NIGHT, seed=1)
    for source in ("agency", "local"):
        shutil.rmtree(extracts / str(NIGHT) / source)
    broken = extracts / str(NIGHT) / "hr" / "hr_absence.csv"
    kept = broken.read_bytes()
    broken.write_bytes(b"absence_id\n\xff\n")
    try:
        looked = statutory(home, "sources", "check", "--source", str(extracts))
        assert looked.returncode == 1
        (pasted,) = re.findall(r"^STATUTORY_UNSUPPLIED='(.*)'$", looked.stdout, re.MULTILINE)
        (line,) = re.findall(r"^unsupplied = .*$", looked.stdout, re.MULTILINE)
        wanted = {table.name for source in ("agency", "local") for table in contract.tables_of(source)}
        # The broken table is not among them.
        assert set(json.loads(pasted)) == set(tomllib.loads(line)["unsupplied"]) == wanted
        broken.write_bytes(kept)
        night = statutory(home, "nightly", "--source", str(extracts), STATUTORY_UNSUPPLIED=pasted)
        assert night.returncode == 0, night.stdout + night.stderr
        states = {row["state"] for row in figures(home, "2025-09-30", "W06")}
        assert states == {"no source"}
        assert "Not supplied by the council." in (home / "out" / str(NIGHT) / "checks.html").read_text()
    finally:
        statutory(home, "warehouse", "down")


def test_the_set_of_dags_and_what_each_has(home, first):
    program = """
from statutory.settings import Council
from statutory.tasks import local
local.configure(Council())
from airflow.dag_processing.dagbag import DagBag
from statutory.paths import DAGS
bag = DagBag(DAGS)
for name, dag in sorted(bag.dags.items()):
    print(name, bool(dag.doc_md), sorted(dag.tags), dag.default_args.get("retries"), len(dag.tasks) > 0)
print(bag.import_errors)
"""
    environment = os.environ | {"STATUTORY_HOME": str(home)}
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert result.stdout.splitlines()[-6:] == [
        "housekeeping True ['housekeeping'] 2 True", "inspection_pack True ['pack'] 2 True",
        "nightly True ['nightly'] 2 True",
        "published_by_seven True ['nightly'] 2 True", "statutory_returns True ['returns'] 2 True", "{}",
    ]  # fmt: skip
