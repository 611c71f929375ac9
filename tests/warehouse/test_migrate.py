"""A contract that gains a column or a table: history gets it, and no row of what is there is written again."""

import dataclasses

import psycopg
import pytest

from statutory.errors import ContractError
from statutory.sources import contract
from statutory.warehouse import migrate


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
        migrate.migrate()
        row = older.execute(
            "select agreed_notice_days, seen_to::text from history.agency_worker where agency_worker_id = 'A1'"
        ).fetchone()
        assert row == (None, "infinity")
        assert place(older) == before
        older.rollback()


def test_a_gained_table_is_made_with_its_key_and_its_two_parts(older, monkeypatch):
    gained(monkeypatch)
    migrate.migrate()
    put = "insert into history.agency_supplier (agency_worker_id, seen_from) values ('A1', '2000-01-01')"
    older.execute(put)
    with pytest.raises(psycopg.errors.UniqueViolation):
        older.execute(put)


def test_a_column_of_another_type_is_refused_by_name(older, monkeypatch):
    gained(monkeypatch, agreed_notice_days="integer")
    migrate.migrate()
    monkeypatch.undo()
    gained(monkeypatch, agreed_notice_days="text")
    with pytest.raises(
        ContractError, match=r"history.agency_worker.agreed_notice_days is integer, the contract says text"
    ):
        migrate.migrate()
