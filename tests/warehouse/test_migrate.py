"""A contract that gains a column or a table: history gets it, and no row of what is there is written again."""

import dataclasses

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from statutory.errors import ContractError
from statutory.paths import SQL
from statutory.settings import Council
from statutory.sources import contract
from statutory.warehouse import migrate
from statutory.warehouse.connection import reach


@pytest.fixture
def older(server, migrated, connection):
    """A row of history as an older contract left it, on disk; taken away at the end."""
    connection.execute("insert into history.agency_worker (agency_worker_id, seen_from) values ('A1', '2000-01-01')")
    connection.commit()
    yield connection
    connection.rollback()
    connection.execute("delete from history.agency_worker where agency_worker_id = 'A1'")
    connection.execute("alter table history.agency_worker drop column if exists agreed_notice_days")
    connection.execute("drop table if exists history.agency_supplier")
    connection.commit()


def place(connection):
    """Where the row and its table stand on disk: another transaction, place or file would mean it was written again."""
    return connection.execute(
        "select xmin::text, ctid::text, pg_relation_filenode('history.agency_worker_current')"
        " from history.agency_worker_current where agency_worker_id = 'A1'"
    ).fetchone()


def gained(monkeypatch, **kinds):
    """The contract with further columns in agency_worker and a further table of the same columns."""
    table = contract.table("agency_worker")
    columns = tuple(dataclasses.replace(table.columns[-1], name=name, type=kind) for name, kind in kinds.items())
    wider = dataclasses.replace(table, columns=table.columns + columns)
    known = contract.tables() | {
        table.name: wider,
        "agency_supplier": dataclasses.replace(table, name="agency_supplier"),
    }
    monkeypatch.setattr(contract, "tables", lambda: known)


def test_a_gained_column_is_null_for_what_is_there_and_rewrites_no_row(older, monkeypatch):
    before = place(older)
    older.rollback()
    gained(monkeypatch, agreed_notice_days="integer")
    for _ in range(2):  # the second time there is nothing to do
        migrate.migrate(Council())
        row = older.execute(
            "select agreed_notice_days, seen_to::text from history.agency_worker where agency_worker_id = 'A1'"
        ).fetchone()
        assert row == (None, "infinity")
        assert place(older) == before
        older.rollback()


def test_a_gained_table_is_made_with_its_key_and_its_two_parts(older, monkeypatch):
    gained(monkeypatch)
    migrate.migrate(Council())
    put = "insert into history.agency_supplier (agency_worker_id, seen_from) values ('A1', '2000-01-01')"
    older.execute(put)
    with pytest.raises(psycopg.errors.UniqueViolation):
        older.execute(put)


def test_a_column_of_another_type_is_refused_by_name(older, monkeypatch):
    gained(monkeypatch, agreed_notice_days="integer")
    migrate.migrate(Council())
    monkeypatch.undo()
    gained(monkeypatch, agreed_notice_days="text")
    with pytest.raises(
        ContractError, match=r"history.agency_worker.agreed_notice_days is integer, the contract says text"
    ):
        migrate.migrate(Council())


@pytest.fixture
def revised(server, migrated):
    """Go to a revision of the fixed schemas and back, in one transaction that is rolled back."""
    config = Config()
    config.set_main_option("script_location", str(SQL / "migrations"))
    engine = create_engine("postgresql+psycopg://", creator=lambda: reach(Council()), poolclass=NullPool)
    with engine.connect() as opened, opened.begin() as transaction:
        config.attributes["connection"] = opened
        yield opened, lambda name: command.downgrade(config, name), lambda: command.upgrade(config, "head")
        transaction.rollback()


def test_failures_of_each_night_become_spells_and_those_the_same_nights_again(revised):
    opened, down, up = revised
    down("0013")
    for day in (1, 2, 5):  # on the third and fourth nothing was checked
        opened.exec_driver_sql(
            "insert into quality.rule_result values (%s, 'csww', 2025, 'R', 'error', 'failed', null, 1, 0)",
            (f"2026-06-0{day}",),
        )
    of = "'csww', 2025, 'R', 'CSWWWorker'"
    for day, row, key, since in (
        (1, 7, "A", 1), (2, 7, "A", 1), (5, 9, "A", 1),  # always, and in another place at last
        (1, 8, "B", 1), (5, 8, "B", 5),  # away on the second
        (2, 8, "C", 2),
    ):  # fmt: skip
        opened.exec_driver_sql(
            f"insert into quality.rule_failure values (%s, {of}, %s, '', null, 'T', %s, %s, %s)",
            (f"2026-06-0{day}", row, key, key, f"2026-06-0{since}"),
        )
    up()
    spells = opened.exec_driver_sql(
        "select record_key, extract(day from first_seen), extract(day from last_seen), worker_id, team_id"
        " from quality.rule_failure order by 1, 2"
    ).fetchall()
    assert [tuple(row) for row in spells] == [
        ("A", 1, 5, "A", "T"), ("B", 1, 1, "B", "T"), ("B", 5, 5, "B", "T"), ("C", 2, 2, "C", "T"),
    ]  # fmt: skip
    down("0013")
    nights = opened.exec_driver_sql(
        "select record_key, extract(day from night), extract(day from first_seen) from quality.rule_failure"
        " order by record_key, night"
    ).fetchall()
    assert [tuple(row) for row in nights] == [
        ("A", 1, 1), ("A", 2, 1), ("A", 5, 1), ("B", 1, 1), ("B", 5, 5), ("C", 2, 2),
    ]  # fmt: skip
