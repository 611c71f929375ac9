"""Two councils in one process, step by step in turn: neither sees anything of the other."""

import contextlib
from datetime import date

import pytest

from statutory import outputs, sample
from statutory.night import Night, use_night
from statutory.packs import checks
from statutory.quality.check import check_batches
from statutory.quality.night import build as build_night
from statutory.settings import Council
from statutory.sources import contract
from statutory.sources.extract import extract_source
from statutory.warehouse import runs
from statutory.warehouse.connection import connect, make_database
from statutory.warehouse.load import load_source
from statutory.warehouse.migrate import migrate

NIGHT = date(2025, 11, 14)
# What each has in its own folder under one name, and which table it does not supply.
OWN = {
    "north": ("select count(*) as people from ssd_person", "advocacy_offer"),
    "south": ("select count(*) as workers from hr_worker", "homeless_1617"),
}
HEADER = "-- title: own\n-- grain: one row\n-- key: [{}]\n-- sources: [own]\n"


@pytest.fixture(scope="module")
def nights(server, tmp_path_factory):
    """The same night of two councils, each in a database of the server, with rows, folders and settings of its own."""
    councils = {}
    for seed, (name, (select, absent)) in enumerate(OWN.items(), 1):
        folder = tmp_path_factory.mktemp(name)
        sample.write(folder / "extracts", children=50, nights=1, until=NIGHT, seed=seed)
        (folder / "extracts" / str(NIGHT) / contract.table(absent).source / f"{absent}.csv").unlink()
        (folder / "local" / "mart").mkdir(parents=True)
        (folder / "local" / "mart" / "own.sql").write_text(HEADER.format(select.split()[3]) + select + "\n")
        make_database(Council(), name)
        councils[name] = Council(
            warehouse_url=server.url(name), source=folder / "extracts", local=folder / "local", out=folder / "out",
            unsupplied={absent},
        )  # fmt: skip
    with contextlib.ExitStack() as opened:
        for council in councils.values():
            migrate(council)
        found = {
            name: Night(council, NIGHT, opened.enter_context(connect(council))) for name, council in councils.items()
        }
        started = {name: runs.open_run(night.council, name, NIGHT) for name, night in found.items()}
        for source in contract.SOURCES:
            landed = {
                name: extract_source(night, source, night.council.source, started[name])
                for name, night in found.items()
            }
            for name, night in found.items():
                night.connection.commit()
                check_batches(night, landed[name])
            for name, night in found.items():
                load_source(night, source, landed[name])
        for night in found.values():
            build_night(night)
        for night in found.values():
            use_night(night)
        yield found


def asked(night, statement):
    return night.connection.execute(statement).fetchall()


def test_each_has_its_own_rows(nights):
    for name, night in nights.items():
        file = night.council.source / str(NIGHT) / "hr" / "hr_worker.csv"
        assert len(asked(night, "select from hr_worker")) == len(file.read_text().splitlines()) - 1, name
        assert asked(night, "select dag_run_id from ops.run") == [(name,)]
    names = [
        set(asked(night, "select pers_person_id, pers_forename, pers_dob from ssd_person")) for night in nights.values()
    ]
    assert names[0]
    assert not names[0] & names[1]


def test_each_has_the_marts_of_its_own_folder(nights):
    north, south = nights.values()
    assert asked(north, "select people from own") == asked(north, "select count(*) from ssd_person")
    assert asked(south, "select workers from own") == asked(south, "select count(*) from hr_worker")


def test_each_lacks_what_it_does_not_supply(nights):
    lacks = "select table_name from source_table where not is_supplied"
    assert [asked(night, lacks) for night in nights.values()] == [[(absent,)] for _, absent in OWN.values()]


def test_each_writes_into_its_own_folder(nights):
    for night in nights.values():
        with outputs.written(night, checks.PAGE) as path:
            checks.write_checks(night, path)
    for name, night in nights.items():
        assert sorted(path.name for path in night.folder.iterdir()) == [checks.PAGE, outputs.MANIFEST], name
    assert len({night.folder for night in nights.values()}) == 2
