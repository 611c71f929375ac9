"""What each role can read and write, shown by connecting as it."""

from datetime import date

import psycopg
import pytest
from psycopg import errors, sql

from councils import SHIPPED, at
from statutory.indicators import results
from statutory.indicators.definition import indicators
from statutory.night import night_schema, use_night
from statutory.quality.night import build as build_night
from statutory.settings import Council
from statutory.sources import contract
from statutory.warehouse import roles
from statutory.warehouse.migrate import migrate
from statutory.warehouse.publish import publish
from statutory.warehouse.server import Server

NIGHT = date(2025, 11, 14)
PASSWORD = "made-up"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory, write_row, say_loaded):
    """A server of its own with one published night of a few invented people, and a login in each role."""
    server = Server(tmp_path_factory.mktemp("roles") / "postgres")
    server.home.parent.chmod(0o755)
    migrate(Council(warehouse_url=server.up()))
    with psycopg.connect(server.url()) as connection:
        fill(connection, write_row, say_loaded)
        build_night(at(connection, NIGHT))
        use_night(at(connection, NIGHT))
        results.keep(at(connection, NIGHT), indicators(SHIPPED).values())
        connection.commit()
        publish(at(connection, NIGHT))
        for role in roles.ROLES:
            connection.execute(
                sql.SQL("create role {} login password {} in role {}").format(
                    sql.Identifier(f"anna_{role}"), sql.Literal(PASSWORD), sql.Identifier(role)
                )
            )
    yield server
    server.down()


def fill(connection, write_row, say_loaded):
    rows = {
        "ssd_person": [
            {"pers_person_id": f"CHILD-{n}", "pers_forename": "Osric", "pers_surname": "Testworthy",
             "pers_dob": f"2015-06-{n:02d}", "pers_upn": f"A12345678900{n}"}
            for n in (7, 8)
        ],
        "ssd_cin_episodes": [
            {"cine_referral_id": "R1", "cine_person_id": "CHILD-7", "cine_referral_date": "2025-09-01"}
        ],
        "ssd_mother": [{"moth_table_id": "M1", "moth_person_id": "CHILD-8", "moth_childs_person_id": "CHILD-7"}],
        "hr_worker": [
            {"worker_id": "W1", "swe_number": "SW4711", "full_name": "Quilla Testworthy", "birth_date": "1981-04-05"}
        ],
        "hr_post": [{"post_id": "P1", "valid_from": "2015-01-01", "csww_scope": True, "csww_role": "5"}],
        "hr_contract": [
            {"contract_id": "K1", "worker_id": "W1", "post_id": "P1", "start_date": "2020-01-01", "fte": "1"}],
        "calendar_day": [
            {"day": f"2025-{month:02d}-{day:02d}", "is_working_day": True, "working_day_no": 31 * month + day}
            for month in (9, 11) for day in range(1, 31)
        ],
    }  # fmt: skip
    say_loaded(connection, NIGHT)
    for table, known in rows.items():
        for row in known:
            write_row(connection, table, row | {"seen_from": "2025-11-01"})
    connection.commit()


@pytest.fixture
def anna(warehouse):
    """Connect as a person in a role."""
    opened = []

    def connect(role):
        address = warehouse.url().split("@")[1]
        connection = psycopg.connect(f"postgresql://anna_{role}:{PASSWORD}@{address}", autocommit=True)
        opened.append(connection)
        return connection

    yield connect
    for connection in opened:
        connection.close()


def readable(connection):
    """Every relation outside the system's that the person can read, with its rows as text."""
    names = connection.execute(
        """
        select n.nspname, c.relname from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
        where c.relkind in ('r', 'v', 'p') and n.nspname !~ '^(pg_|information_schema)'
        and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
        """
    ).fetchall()
    found = {}
    for schema, name in names:
        rows = connection.execute(sql.SQL("select t::text from {} as t").format(sql.Identifier(schema, name)))
        found[f"{schema}.{name}"] = "\n".join(text for (text,) in rows)
    return found


IDENTIFIERS = (
    "Testworthy",
    "Osric",
    "Quilla",
    "CHILD-",
    "2015-06-07",
    "2015-06-08",
    "1981-04-05",
    "SW4711",
    "A12345678900",
)


def test_an_analyst_reads_every_table_of_a_night_and_no_person_in_any(anna):
    found = readable(anna("statutory_analyst"))
    schemas = {name.partition(".")[0] for name in found}
    assert schemas == {roles.analyst_schema(NIGHT), "published_analyst"}
    assert {name.partition(".")[2] for name in found} >= {t.name for t in contract.tables().values() if t.history}
    assert "2025-09-01" in found["published_analyst.ssd_cin_episodes"]
    assert "W1" in found["published_analyst.employment"]
    leaks = {(name, value) for name, text in found.items() for value in IDENTIFIERS if value in text}
    assert not leaks


def test_one_child_has_one_pseudonym_in_every_table_and_a_month_of_birth(anna):
    analyst = anna("statutory_analyst")
    assert analyst.execute(
        """
        select ssd_person.pers_dob::text, episode.cine_referral_date::text
        from published_analyst.ssd_person
        inner join published_analyst.referral on referral.child_id = ssd_person.pers_person_id
        inner join published_analyst.ssd_cin_episodes as episode on episode.cine_referral_id = referral.referral_id
        inner join night_2025_11_14_analyst.ssd_mother on ssd_mother.moth_childs_person_id = referral.child_id
        """
    ).fetchall() == [("2015-06-01", "2025-09-01")]
    with pytest.raises(errors.UndefinedColumn):
        analyst.execute("select pers_surname from published_analyst.ssd_person")


@pytest.mark.parametrize("table", [t for t in contract.tables().values() if t.history], ids=lambda table: table.name)
def test_no_personal_column_but_a_month_is_in_any_view(anna, table):
    columns = anna("statutory_analyst").execute(
        "select column_name from information_schema.columns where table_schema = %s and table_name = %s",
        (roles.analyst_schema(NIGHT), table.name),
    )
    shown = {name for (name,) in columns}
    assert shown == {c.name for c in table.columns if not c.personal or c.type == "date"} | {contract.AS_WRITTEN}


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        ("statutory_analyst", "select * from night_2025_11_14.ssd_person"),
        ("statutory_analyst", "select * from history.ssd_person"),
        ("statutory_analyst", "select * from ops.salt"),
        ("statutory_reader", "select * from published.indicator_member"),
        ("statutory_reader", "select * from published_analyst.indicator_value"),
        ("statutory_identified", "select * from ops.salt"),
        ("statutory_identified", "delete from history.ssd_person"),
        ("statutory_loader", "drop table history.ssd_person"),
        ("statutory_loader", "update ops.salt set value = 'x'"),
    ],
)
def test_what_a_role_may_not(anna, role, statement):
    with pytest.raises(errors.InsufficientPrivilege):
        anna(role).execute(statement)


def test_who_reads_names_reads_the_night_and_the_published_one(anna):
    identified = anna("statutory_identified")
    for schema in (night_schema(NIGHT), "published"):
        assert identified.execute(
            f"select count(*) from {schema}.ssd_person where pers_surname = 'Testworthy'"
        ).fetchone() == (2,)


def test_a_reader_sees_totals_and_no_count_up_to_five(anna):
    found = readable(anna("statutory_reader"))
    assert list(found) == ["published_totals.indicator_value"]
    rows = (
        anna("statutory_reader")
        .execute("select indicator_id, numerator, denominator, value, is_hidden from published_totals.indicator_value")
        .fetchall()
    )
    for indicator, numerator, denominator, value, is_hidden in rows:
        assert not any(count % 5 for count in (numerator, denominator) if count is not None), indicator
        assert not is_hidden or (numerator, denominator, value) == (None, None, None), indicator


def test_every_count_of_one_to_five_is_hidden_from_a_reader(anna):
    found = (
        anna("statutory_identified")
        .execute(
            f"""
            select told.indicator_id, told.figure, told.is_hidden
            from {night_schema(NIGHT)}.indicator_value as counted
            inner join {night_schema(NIGHT)}.public_value as told
                using (indicator_id, view, period_kind, period_end, figure)
            where counted.breakdown = 'whole' and counted.denominator is null and counted.value between 1 and 5
            """
        )
        .fetchall()
    )
    assert ("W02", "count", True) in found
    assert [name for name, _, is_hidden in found if not is_hidden] == []


def test_a_loader_writes_what_a_night_writes(anna):
    loader = anna("statutory_loader")
    written = loader.execute("insert into history.hr_worker (worker_id, seen_from) values ('W2', '2025-11-02')")
    assert written.rowcount == 1
    assert loader.execute("delete from history.hr_worker where worker_id = 'W2'").rowcount == 1
    loader.execute("create schema landing_2025_11_15; create table landing_2025_11_15.hr_worker (worker_id text)")
    assert loader.execute("select count(*) from landing_2025_11_15.hr_worker").fetchone() == (0,)
    assert loader.execute("insert into ops.run (dag_run_id, night) values ('loader', '2025-11-15')").rowcount == 1
    with pytest.raises(errors.InsufficientPrivilege):
        loader.execute("update ops.salt set value = 'known'")


def test_a_user_who_may_not_make_roles_is_told_what_to_have_run(warehouse):
    from statutory.errors import WarehouseError

    with psycopg.connect(warehouse.url(), autocommit=True) as connection:
        connection.execute(f"create role humble login password '{PASSWORD}'")
        connection.execute("create database bare owner humble")
        connection.execute("alter role statutory_reader rename to statutory_reader_aside")
    host = warehouse.url().split("@")[1].partition("/")[0]
    try:
        with pytest.raises(
            WarehouseError, match="let an administrator of the server run: create role statutory_owner nologin;"
        ):
            migrate(Council(warehouse_url=f"postgresql://humble:{PASSWORD}@{host}/bare"))
    finally:
        with psycopg.connect(warehouse.url(), autocommit=True) as connection:
            connection.execute("alter role statutory_reader_aside rename to statutory_reader")
