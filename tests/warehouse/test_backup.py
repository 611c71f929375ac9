"""A backup comes back whole, and a restore that cannot be leaves the database as it was."""

import subprocess
import threading
import time
from datetime import date

import psycopg
import pytest

from councils import at
from statutory.errors import WarehouseError
from statutory.indicators import results
from statutory.settings import Council
from statutory.warehouse import backup
from statutory.warehouse.migrate import migrate
from statutory.warehouse.publish import publish
from statutory.warehouse.server import Server

NIGHT = date(2020, 1, 1)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A server of its own."""
    server = Server(tmp_path_factory.mktemp("backup") / "postgres")
    server.home.parent.chmod(0o755)
    server.up()
    yield server
    server.down()


def of(address):
    """The council whose warehouse is a database."""
    return Council(warehouse_url=address)


@pytest.fixture(scope="module")
def archive(own, tmp_path_factory, say_loaded, write_row):
    """A backup of a warehouse with a published night, beside whose schemas stand things of others."""
    address = own.url("warehouse")
    migrate(of(address))
    with psycopg.connect(address) as opened:
        say_loaded(opened, NIGHT)
        write_row(opened, "hr_worker", {"worker_id": "W1", "full_name": "Quilla Testworthy", "seen_from": NIGHT})
        opened.execute("create schema night_2020_01_01; set local search_path = night_2020_01_01")
        opened.execute(results.RESULTS)
        opened.execute("create view hr_worker as select worker_id, full_name from history.hr_worker")
        opened.execute("create schema theirs; create table theirs.t (x int); create table public.notes (x int)")
        opened.commit()
        publish(at(opened, NIGHT))
    file = tmp_path_factory.mktemp("archive") / "warehouse.dump"
    backup.backup(of(address), file)
    return file


@pytest.fixture
def target(own, archive):
    """A fresh database to restore into; what stands in it as text."""
    with psycopg.connect(own.url("postgres"), autocommit=True) as opened:
        opened.execute("drop database if exists target with (force)")
        opened.execute("create database target")
    return own.url("target")


def stands(address):
    """Every relation outside the system's schemas, with the rows of each."""
    with psycopg.connect(address) as opened:
        names = opened.execute(
            "select oid::regclass::text from pg_class where relkind in ('r', 'v', 'p') and relnamespace <> all"
            " (array['pg_catalog', 'information_schema', 'pg_toast']::regnamespace[]) order by 1"
        ).fetchall()
        return {name: opened.execute(f"select count(*) from {name}").fetchone()[0] for (name,) in names}


def test_a_backup_holds_what_is_ours_alone_and_comes_back_whole(target, own, archive):
    assert backup.restore(of(target), archive) == NIGHT
    wanted = stands(own.url("warehouse"))
    del wanted["theirs.t"], wanted["notes"]
    assert stands(target) == wanted
    with psycopg.connect(target) as opened:
        assert opened.execute("select full_name from published.hr_worker").fetchall() == [("Quilla Testworthy",)]


def test_a_warehouse_that_was_made_ready_and_holds_nothing_is_restored_into(target, archive):
    migrate(of(target))
    assert backup.restore(of(target), archive) == NIGHT


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        ("create schema theirs; create table theirs.t as select 1 as x", "contains other objects: theirs;"),
        ("create table public.notes as select 1 as x", "contains other objects: public.notes;"),
        ("create view public.seen as select 1 as x", "contains other objects: public.seen;"),
        (
            "create schema submitted_csww_2024; create table submitted_csww_2024.worker as select 1 as x",
            r"holds what was submitted \(submitted_csww_2024\): restore into an empty one",
        ),
    ],
)
def test_a_database_with_more_than_an_empty_warehouse_is_left_as_it_is(target, archive, statements, said):
    migrate(of(target))
    with psycopg.connect(target) as opened:
        opened.execute(statements)
    before = stands(target)
    with pytest.raises(WarehouseError, match=said):
        backup.restore(of(target), archive)
    assert stands(target) == before


def test_a_warehouse_with_a_night_is_left_as_it_is(own, archive):
    with psycopg.connect(own.url("warehouse")) as opened:
        opened.execute("create table public.notes_aside as table public.notes; drop table public.notes, theirs.t")
        opened.execute("drop schema theirs; drop table public.notes_aside")
    before = stands(own.url("warehouse"))
    with pytest.raises(WarehouseError, match="holds the night 2020-01-01: restore into an empty one"):
        backup.restore(of(own.url("warehouse")), archive)
    assert stands(own.url("warehouse")) == before


@pytest.fixture
def broken(archive, tmp_path, own):
    """Files that are no whole backup, by name."""

    def dump(*statements):
        with psycopg.connect(own.url("postgres"), autocommit=True) as opened:
            opened.execute("drop database if exists other with (force)")
            opened.execute("create database other")
        with psycopg.connect(own.url("other"), autocommit=True) as opened:
            for statement in statements:
                opened.execute(statement)
        file = tmp_path / "other.dump"
        program = str(own.binaries() / "pg_dump")
        subprocess.run([program, "--format=custom", f"--file={file}", own.url("other")], check=True)
        return file.read_bytes()

    whole = archive.read_bytes()
    return {
        "empty": b"",
        "text": b"this is no archive\n" * 100,
        "cut in its list": whole[:2000],
        "cut in its rows": whole[: len(whole) - 3000],
        "another program's": dump("create schema theirs", "create table theirs.t as select 1 as x"),
        "with a function": dump("create schema ops", "create function ops.f() returns int language sql as 'select 1'"),
        "of a part": dump("create schema ops", "create table ops.published as select date '2020-01-01' as night"),
    }


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("empty", "is not a backup written by `statutory backup`: pg_restore failed: .*end of file"),
        ("text", "is not a backup written by `statutory backup`: pg_restore failed: .*"),
        ("cut in its list", "is not a backup written by `statutory backup`: pg_restore failed: .*end of file"),
        ("cut in its rows", "is broken, nothing was restored: pg_restore failed: .*"),
        (
            "another program's",
            "is not a backup written by `statutory backup`: it holds theirs.*, which is not part of the warehouse",
        ),
        (
            "with a function",
            "is not a backup written by `statutory backup`: it contains something foreign: .*FUNCTION",
        ),
        ("of a part", "is not a backup written by `statutory backup`: it has no schema history, published, quality"),
    ],
)
def test_a_file_that_is_no_whole_backup_changes_nothing(target, broken, tmp_path, kind, said):
    migrate(of(target))
    file = tmp_path / "given"
    file.write_bytes(broken[kind])
    before = stands(target)
    with pytest.raises(WarehouseError, match=said) as told:
        backup.restore(of(target), file)
    assert "\n" not in str(told.value)
    assert stands(target) == before


def test_a_folder_or_no_file_is_refused(target, tmp_path):
    for file in (tmp_path, tmp_path / "absent"):
        with pytest.raises(WarehouseError, match="is not there, or is no file"):
            backup.restore(of(target), file)


def test_a_restore_that_is_ended_half_way_changes_nothing(target, archive):
    migrate(of(target))
    before = stands(target)
    ended = []

    def end():
        with psycopg.connect(target, autocommit=True) as opened:
            while not ended:
                time.sleep(0.01)
                ended.extend(
                    opened.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                        " where datname = 'target' and application_name = 'psql' and wait_event_type = 'Lock'"
                    ).fetchall()
                )

    ender = threading.Thread(target=end)
    ender.start()
    with psycopg.connect(target) as reader:
        reader.execute("select * from quality.reject")  # half of what was there is dropped when this holds it up
        with pytest.raises(WarehouseError, match="nothing was restored: psql failed"):
            backup.restore(of(target), archive)
    ender.join()
    assert stands(target) == before


def test_a_folder_is_no_place_for_a_backup(tmp_path):
    with pytest.raises(WarehouseError, match="is a folder: name the file to write"):
        backup.backup(Council(), tmp_path)
