"""Each seeded defect of the synthetic council's census is found by its rule, by no other, and nothing else."""

import csv

import pytest

from councils import SHIPPED, at, return_of
from statutory import sample
from statutory.returns import build, statistics
from statutory.returns.rules import rules_of, run
from statutory.sample.defects import CENSUS
from statutory.sources import contract
from statutory.sources.extract import extract_source
from statutory.warehouse.build import build_night
from statutory.warehouse.load import load_source

NIGHT = sample.FIRST_NIGHT
CHOSEN = return_of("csww").collection(2025)


@pytest.fixture
def checked(connection, migrated, tmp_path):
    """Build the census of 2025 from a synthetic council: errors and queries as (rule, worker), and the figures."""

    def of(*, census):
        folder = tmp_path / str(census)
        sample.write(folder, children=300, nights=1, until=NIGHT, seed=3, defects=False, census=census)
        connection.execute("savepoint empty")
        ((run_id,),) = connection.execute(
            "insert into ops.run (dag_run_id, night) values ('defects', %s) returning run_id", (NIGHT,)
        )
        for source in contract.SOURCES:
            load_source(at(connection, NIGHT), source, extract_source(at(connection, NIGHT), source, folder, run_id))
        build_night(at(connection, NIGHT))
        build.build_return(at(connection, NIGHT), CHOSEN)
        errors = {rule.id for rule in rules_of(return_of("csww"), 2025, SHIPPED).values() if rule.severity == "error"}
        list(run(connection, rules_of(return_of("csww"), 2025, SHIPPED).values()))
        found = set(
            connection.execute(
                """
                select rule_finding.rule, CSWWWorker.worker_id from rule_finding
                left join CSWWWorker on rule_finding.module = 'CSWWWorker' and CSWWWorker.row_id = rule_finding.row_id
                """
            ).fetchall()
        )
        figures = {figure.name: figure.value for figure in statistics.authority(connection, "csww")}
        connection.execute("rollback to savepoint empty")
        return {one for one in found if one[0] in errors}, {one for one in found if one[0] not in errors}, figures

    return of


def test_each_seeded_defect_is_found_by_its_rule_alone_and_without_them_there_is_no_error(checked, tmp_path):
    errors, queries, figures = checked(census=False)
    assert errors == set()
    spoiled_errors, spoiled_queries, spoiled_figures = checked(census=True)
    with (tmp_path / "True" / "defects.csv").open(encoding="utf-8") as file:
        listed = list(csv.DictReader(file))
    assert sorted(row["rule"] for row in listed) == sorted(defect.rule for defect in CENSUS)
    people = workers(tmp_path / "True")
    wanted = {(row["rule"], people[row["table"]][int(row["row"]) - 1]) for row in listed}
    assert spoiled_errors | spoiled_queries == wanted | queries
    assert not wanted & queries
    assert spoiled_figures == figures  # nobody is more or less, and works no other hours


def workers(folder):
    """The worker of each row of the tables that a defect may stand in."""
    found = {}
    for table in ("hr_worker", "hr_contract", "hr_payment"):
        with (folder / str(NIGHT) / "hr" / f"{table}.csv").open(encoding="utf-8") as file:
            found[table] = [row["worker_id"] for row in csv.DictReader(file)]
    return found
