"""A source that is a database: tables of a schema and queries land as files do; no error shows a value."""

from datetime import date
from pathlib import Path
from types import MappingProxyType

import psycopg
import pytest
import sqlalchemy as sa
from airflow.sdk.exceptions import AirflowFailException

from councils import at
from statutory.errors import SourceError, UnreachableError
from statutory.sources import contract, database
from statutory.sources.extract import extract_source
from statutory.survey import survey
from statutory.tasks.failing import at_once
from statutory.warehouse.load import load_source

NIGHT = date(2020, 3, 1)


@pytest.fixture
def live(server, migrated, tmp_path):
    """A connection to the database of the agency's system, with every table of the source empty in its schema."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute("create database agency_live")
        (tmp_path / "local" / "mappings").mkdir(parents=True)
        with psycopg.connect(server.url("agency_live"), autocommit=True) as opened:
            opened.execute("create schema live")
            for table in contract.tables_of("agency"):
                columns = ", ".join(f"{c.name} {c.type}" for c in table.columns)
                opened.execute(f"create table live.{table.name} ({columns})")
            yield opened
        admin.execute("drop database agency_live with (force)")


@pytest.fixture
def asked(server, tmp_path):
    """The night of a council whose agency's system is that database."""

    address = server.url("agency_live").replace("postgresql:", "postgresql+psycopg:")

    def night(connection, databases=MappingProxyType({"agency": address})):
        return at(connection, NIGHT, local=tmp_path / "local", databases=databases)

    return night


def mapped(tmp_path, text):
    (tmp_path / "local" / "mappings" / "agency.toml").write_text(text)


def extract(night, folder):
    ((run,),) = night.connection.execute(
        "insert into ops.run (dag_run_id, night) values (gen_random_uuid()::text, %s) returning run_id", (NIGHT,)
    )
    return extract_source(night, "agency", folder, run)


WORKERS = """
    insert into live.agency_worker (agency_worker_id, swe_number, full_name, source_updated_at) values
    ('A2', null, 'Orla "Ó" Testworthy, née Sample', '2020-02-29 23:30+00'), ('A1', 'SW1', 'Zoë', null)
"""


def test_tables_of_a_schema_land_as_text_in_the_order_of_their_key_and_load(live, asked, connection, tmp_path):
    mapped(tmp_path, 'schema = "live"\n')
    live.execute(WORKERS)
    batches = extract(asked(connection), tmp_path)
    rows = connection.execute(
        "select agency_worker_id, swe_number, full_name, source_row from landing_2020_03_01.agency_worker"
    ).fetchall()
    assert rows == [("A1", "SW1", "Zoë", 1), ("A2", None, 'Orla "Ó" Testworthy, née Sample', 2)]
    load_source(at(connection, NIGHT), "agency", batches)
    stamps = connection.execute(
        "select agency_worker_id, source_updated_at::text from history.agency_worker order by 1"
    ).fetchall()
    assert stamps == [("A1", None), ("A2", "2020-02-29 23:30:00+00")]


def test_the_same_rows_have_the_same_sha256_whatever_order_they_are_kept_in(live, asked, connection, tmp_path):
    mapped(tmp_path, 'schema = "live"\n')
    live.execute(WORKERS)
    sums = []
    for _ in range(2):
        batches = extract(asked(connection), tmp_path)
        sums.append(
            connection.execute(
                "select sha256, rows from ops.batch where batch_id = any(%s) and table_name = 'agency_worker'",
                (batches,),
            ).fetchone()
        )
        live.execute("update live.agency_worker set full_name = full_name where agency_worker_id = 'A1'")  # moves it
    assert sums[0] == sums[1]
    assert sums[0][1] == 2


QUERY = '''
schema = "live"
[[agency_worker]]
query = """
select id as "No", case when flag then 'yes' end as is_new, rate, seen as "Seen at" from live.people
where joined <= :night and note <> 'at 10:30' order by id
"""
columns = { agency_worker_id = "No", full_name = "No", source_updated_at = "Seen at" }
constants = { swe_number = "none" }
'''


def test_a_query_takes_the_night_and_goes_through_the_mapping(live, asked, connection, tmp_path):
    mapped(tmp_path, QUERY)
    live.execute(
        """
        create table live.people (id int, flag bool, rate float8, joined date, seen timestamp, note text);
        insert into live.people values
        (1, true, 1e-7, '2020-03-01', '2020-03-01 10:00', ''), (2, true, 1, '2020-03-02', null, '')
        """
    )
    found = {f.table.name: f for f in survey(asked(connection), "agency", tmp_path)}["agency_worker"]
    assert (found.state, found.rows, found.unmapped) == ("mapped", 1, ("a query: is_new", "a query: rate"))
    extract(asked(connection), tmp_path)
    rows = connection.execute(
        "select agency_worker_id, swe_number, source_updated_at from landing_2020_03_01.agency_worker"
    ).fetchall()
    assert rows == [("1", "none", "2020-03-01 10:00:00")]  # the second joined on the day after the night


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        (True, "true"),
        (1e-7, "0.0000001"),
        (date(2020, 2, 29), "2020-02-29"),
        (b"\x00\xff", "\\x00ff"),
        (["a", "é"], '["a", "é"]'),
        (12, "12"),
    ],
)
def test_values_are_written_as_the_contract_has_them(value, text):
    assert database._text(value) == text


def test_a_refused_query_names_the_table_and_shows_no_value(live, asked, connection, tmp_path):
    mapped(tmp_path, "[[agency_worker]]\nquery = \"select ('Testworthy')::int as agency_worker_id\"\n")
    with pytest.raises(SourceError) as told:
        extract(asked(connection), tmp_path)
    assert str(told.value).startswith(
        "agency: the database refused what was asked for agency_worker (InvalidTextRepresentation); run it by hand as"
        " the same user to see why; "
    )
    assert "Testworthy" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[agency_worker]]\nquery = "select :day as d"\n', "the query of agency_worker asks for :day; there is"),
        ('[[agency_worker]]\nquery = "select 1"\nfile = "a.csv"\n', "agency_worker: say either a file or a query"),
        ('[[agency_worker]]\ncolumns = {}\n', "agency/agency_worker.csv is not there, although the mapping names it"),
        ('schema = "other"\n', "agency/agency_worker is neither in the database nor a file; supply it, map"),
        ('schema = 1\n', "schema is the name of a schema"),
        (
            '[[agency_worker]]\nquery = "select 1 as a"\ncolumns = { full_name = "b" }\n',
            "agency/agency_worker lacks the column b, which the mapping names",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_one_clear_error(live, asked, connection, tmp_path, text, message):  # noqa: PLR0917
    mapped(tmp_path, text)
    with pytest.raises(SourceError, match=message):
        extract(asked(connection), tmp_path)


def test_a_table_of_the_database_that_lacks_a_column_says_which(live, asked, connection, tmp_path):
    mapped(tmp_path, 'schema = "live"\n')
    live.execute("alter table live.agency_worker drop column swe_number")
    with pytest.raises(SourceError, match="agency/agency_worker lacks the column swe_number"):
        extract(asked(connection), tmp_path)


def test_a_query_without_a_database_says_which_setting_is_missing(live, asked, connection, tmp_path):
    mapped(tmp_path, '[[agency_worker]]\nquery = "select 1"\n')
    (tmp_path / "2020-03-01" / "agency").mkdir(parents=True)
    with pytest.raises(SourceError, match="the setting `databases` has no address of agency"):
        extract(asked(connection, {}), tmp_path)


def test_a_database_that_does_not_answer_may_be_tried_again(live, asked, connection, tmp_path):
    night = asked(connection, {"agency": "postgresql+psycopg://nobody:secret@127.0.0.1:1/none"})
    with pytest.raises(UnreachableError) as told:
        at_once(extract)(night, tmp_path)
    assert str(told.value) == "agency: its database does not let us in or does not answer (OperationalError)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mysql+mysqldb://a@b/c", "the driver MySQLdb is not installed; install statutory"),
        ("nonsense", "is no SQLAlchemy address"),
        ("klingon://a@b/c", "is no SQLAlchemy address"),
    ],
)
def test_an_address_that_cannot_be_used_fails_at_once(migrated, asked, connection, text, message):
    with pytest.raises(AirflowFailException, match=message):
        at_once(extract)(asked(connection, {"agency": text}), Path("nowhere"))


@pytest.mark.parametrize("dialect", ["mssql+mssqlpython", "oracle+oracledb"])
def test_a_table_is_asked_for_in_words_that_sql_server_and_oracle_know(dialect, monkeypatch):
    asked = []
    monkeypatch.setattr(database.sa, "inspect", lambda _: Columns())
    opened = database.Database(None, "hr")
    monkeypatch.setattr(opened, "_run", lambda statement, *_: asked.append(statement))
    opened.table("hr_worker", "dbo", ("worker_id",))
    text = str(asked[0].compile(dialect=sa.engine.url.make_url(f"{dialect}://").get_dialect()()))
    assert " ".join(text.split()) == "SELECT * FROM dbo.hr_worker ORDER BY dbo.hr_worker.worker_id"


class Columns:
    def get_columns(self, name, schema):
        return [{"name": "WORKER_ID"}]
