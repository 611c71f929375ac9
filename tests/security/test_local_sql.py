"""The council's own SQL files read a night and nothing else: not the server, not `ops`, and they write nowhere."""

from datetime import date
from pathlib import Path

import pytest

from councils import at, return_of
from statutory import sqlfile
from statutory.errors import SqlFileError, WarehouseError
from statutory.indicators import members
from statutory.indicators.definition import indicators
from statutory.returns import rules
from statutory.settings import Council
from statutory.sqlfile import SqlFile
from statutory.warehouse import builder
from statutory.warehouse.build import build_night, make_table

NIGHT = date(2025, 11, 14)
HEADER = "-- title: own\n-- grain: one row\n-- key: [one]\n-- sources: [own]\n"

# What the reading of a file refuses, whoever runs it.
NOT_ONE_SELECT = (
    "select 1 as one; drop table child",
    "with gone as (delete from child returning 1 as one) select one from gone",
    "with put as (insert into child (child_id) values ('x') returning 1 as one) select one from put",
    "with put as (update child set child_id = 'x' returning 1 as one) select one from put",
    "select 1 as one into stolen",
    "select 1 as one from child for update",
    "copy child to program 'id'",
    "set role none",
    "reset role",
    "create extension dblink",
    "do $$ begin perform 1; end $$",
    "select value as one from ops.salt",
    "select U&\"pg\\005fread_file\"('/etc/passwd') as one",
)
# What does something, or gives another answer each time.
VOLATILE = (
    "select pg_read_file('/etc/passwd') as one",
    "select pg_catalog.pg_read_file ('/etc/passwd') as one",
    "select \"pg_read_file\"/* */('/etc/passwd') as one",
    "select 1 as one from pg_ls_dir('.')",
    "select lo_import('/etc/passwd') as one",
    "select lo_create(0) as one",
    "select set_config('role', 'none', false) as one",
    "select query_to_xml('delete from child', true, true, '') as one",
    "select random() as one",
    "select pg_sleep(100) as one",
    "select pg_advisory_lock(1) as one",
    "select pg_terminate_backend(1) as one",
    "select nextval('ops.batch_batch_id_seq') as one",
)


@pytest.fixture
def own(tmp_path):
    """Put a SQL file into the council's folder."""

    def put(place, text):
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return put


@pytest.fixture
def night(connection, add, loaded):
    loaded(NIGHT)
    add("ssd_person", pers_person_id="C1", pers_surname="Testworthy")
    build_night(at(connection, NIGHT))
    return connection


def hostile(select):
    """A file as it would be if its reading let it through."""
    return SqlFile(Path("own.sql"), {}, select, "", frozenset(), ("one",), frozenset())


@pytest.mark.parametrize("select", NOT_ONE_SELECT)
def test_a_file_that_is_not_one_select_that_reads_alone_is_refused_when_it_is_read(own, select):
    path = own("mart/own.sql", f"{HEADER}{select}\n")
    with pytest.raises(SqlFileError, match=r"own\.sql"):
        sqlfile.read(path, ("title", "grain", "key", "sources"))


@pytest.mark.parametrize("select", VOLATILE)
def test_a_mart_that_calls_what_does_something_fails_the_night_in_a_sentence(own, night, select, tmp_path):
    own("mart/own.sql", f"{HEADER}{select}\n")
    with pytest.raises(SqlFileError, match=r"own\.sql calls \w+: a select of a night must give the same rows"):
        build_night(at(night, NIGHT, local=tmp_path))


# The server's own answer, were such a file read: no privilege, not where a table stands, not in one statement.
@pytest.mark.parametrize(
    ("select", "state"),
    [
        ("select pg_read_file('/etc/passwd') as one", "42501"),
        ("select lo_import('/etc/passwd') as one", "42501"),
        ("select 1 as one from pg_ls_dir('.')", "42501"),
        ("select value as one from ops.salt", "42501"),
        ("select 1 as one from history.ssd_person", "42501"),
        ("select 1 as one from ops.run", "42501"),
        ("select 1 as one from pg_authid", "42501"),
        ("select pg_terminate_backend(pid) as one from pg_stat_activity where pid <> pg_backend_pid()", "42501"),
        ("with gone as (delete from child returning 1 as one) select one from gone", "0A000"),
        ("select 1 as one) as x; drop table child; select * from (select 1 as one", "42601"),
        ("copy child to program 'id'", "42601"),
        ("select dblink('dbname=airflow', 'select 1') as one", "42883"),
    ],
)  # fmt: skip
def test_the_server_refuses_it_too(night, select, state):
    with pytest.raises(WarehouseError, match=state):
        make_table(at(night, NIGHT), hostile(select), name="own", key=["one"])
    night.rollback()


def test_the_role_is_left_after_each_select_and_owns_nothing_of_a_night(night):
    assert make_table(at(night, NIGHT), hostile("select 1 as one"), name="own", key=["one"]) == 1
    assert night.execute("select current_user, current_setting('role')").fetchone() == ("statutory", "none")
    owned = "select count(*) from pg_class where relowner = 'statutory_builder'::regrole"
    assert night.execute(owned).fetchone() == (0,)


def test_the_role_reads_every_relation_of_a_night(night):
    hidden = night.execute(
        "select relname from pg_class where relnamespace = 'night_2025_11_14'::regnamespace and relkind in ('r', 'v')"
        " and not has_table_privilege('statutory_builder', oid, 'select')"
    )
    assert hidden.fetchall() == []


RULE = "-- title: own\n-- severity: error\n-- fields: {{CSWWWorker: [SWENo]}}\n-- fix: mend it\n{}\n"


@pytest.mark.parametrize(
    ("select", "reason"),
    [
        ("select 'CSWWWorker' as module, length(pg_read_file('/etc/passwd'))::bigint as row_id", "calls pg_read_file"),
        ("select 'CSWWWorker' as module, count(*) as row_id from pg_authid", "42501"),
    ],
)
def test_a_rule_of_the_council_is_not_run_when_it_does_more_than_read(own, server, select, reason, tmp_path):
    from statutory.returns import checking

    own("expectations/returns/csww/2025/OWN1.sql", RULE.format(select))
    with checking.opened(Council(), return_of("csww").collection(2025)) as opened:
        checking.put(opened, return_of("csww"), "CSWWWorker", ["SWENo"], [["SW1"]])
        (found,) = rules.run(opened, [rules.rules_of(return_of("csww"), 2025, tmp_path)["OWN1"]])
    assert found.state == "not run"
    assert reason in found.not_run


def test_a_login_that_is_no_superuser_builds_a_night_when_it_is_a_member_of_the_role(night):
    """As on a council's own server: the login may make roles and schemas, and no more."""
    night.execute("create role own_login createrole login")
    night.execute("grant statutory_loader, statutory_owner, statutory_builder to own_login")
    night.execute("grant create on database warehouse to own_login")
    night.execute("set local session authorization own_login")
    night.execute("create schema own_night; set local search_path = own_night")
    night.execute("create table seen as select 1 as one; create temporary table asked as select 2 as two")
    builder.show(night, "own_night")
    file = hostile("select one + two as one from seen cross join asked")
    assert make_table(at(night, NIGHT), file, name="own", key=["one"]) == 1
    assert night.execute("select one, current_user from own").fetchone() == (3, "own_login")
    with pytest.raises(WarehouseError, match="42501"):
        make_table(at(night, NIGHT), hostile("select 1 as one from history.ssd_person"), name="other", key=["one"])


INDICATOR = (
    '-- title: own\n-- id: OWN1\n-- question: own\n-- grain: one row\n-- calc: own\n-- figures: {{own: "{}"}}\n'
    "-- better: high\n-- periods: [snapshot]\n-- needs: [ssd_person]\n-- sources: [own]\n-- used_by: [pack]\n"
    "select period.period_kind, period.period_end, 'x' as member_key, 1 as numerator from period\n"
)


@pytest.mark.parametrize(
    ("figure", "is_refused"),
    [
        ("sum(numerator) filter (where measure > 1)", False), ("100.0 * sum(numerator) / nullif(count(*), 0)", False),
        ("length(pg_read_file('/etc/passwd'))", True), ("(select count(*) from pg_authid)", True),
        ("(select night from known_on)", False),
        ("(select night from ops.known_on)", True), ("(select 1 from known_on, pg_shadow)", True),
        ("set_config('role', 'none', false)::int", True), ("pg_catalog.pg_sleep(9)", True), ("random()", True),
        ("1; drop table child", True), ("1 from pg_authid", True), ("1) as a, (select 2", True), ("1 --", True),
    ],
)  # fmt: skip
def test_a_figure_of_a_header_is_an_expression_over_members_alone(own, figure, is_refused, tmp_path):
    own("indicators/workforce/OWN1.sql", INDICATOR.format(figure))
    if is_refused:
        with pytest.raises(SqlFileError, match=r"OWN1\.sql: the figure own"):
            indicators(tmp_path)
    else:
        assert indicators(tmp_path)["OWN1"].figures["own"] == figure


def test_a_standard_of_a_clock_is_a_text_of_sql_whatever_it_holds(own, tmp_path):
    clock = "-- clock: {from: a, to: b, unit: days, standard: \"x' or true or '\"}\n-- views: [finished]\n"
    text = clock + INDICATOR.format("count(*)").replace("member_key,", "member_key, current_date as clock_start,")
    own("indicators/workforce/OWN1.sql", text)
    assert "standard.name = 'x'' or true or '''" in members.clock_rows(indicators(tmp_path)["OWN1"])


def test_the_id_of_an_indicator_is_a_word(own, tmp_path):
    own("indicators/workforce/OWN'1.sql", INDICATOR.format("1").replace("OWN1", "OWN'1"))
    with pytest.raises(SqlFileError, match="not a plain word"):
        indicators(tmp_path)
