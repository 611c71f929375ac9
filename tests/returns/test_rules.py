"""Every rule on rows that pass, fail and lie on the boundary; which rules a year has; what is not run and why."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
import yaml

from councils import SHIPPED, return_of
from statutory.errors import SqlFileError, StatutoryError
from statutory.paths import PROJECT
from statutory.returns import layout, rules, validate
from statutory.returns.checking import opened, put
from statutory.settings import Council
from statutory.warehouse.connection import reach

CASES = yaml.safe_load((PROJECT / "tests" / "cases" / "csww_rules.yaml").read_text(encoding="utf-8"))
# These ask what no single file holds: its elements, the case system, HR's posts.
BEYOND_A_FILE = {"CSWW009", "CSWW078", "CSWW097", "CSWW116"}


def frame(columns):
    return pd.DataFrame(
        {name: [None if value is None else str(value) for value in values] for name, values in columns.items()},
        dtype=object,
    )


@pytest.mark.parametrize(
    ("rule", "number"), [(rule, number) for rule, cases in CASES.items() for number in range(len(cases))]
)
def test_a_rule_finds_the_rows_that_fail_and_no_other(scratch, rule, number):
    case = dict(CASES[rule][number])
    year, authority, fails = case.pop("year", 2025), case.pop("authority", "312"), case.pop("fails")
    found = validate("csww", year, {name: frame(columns) for name, columns in case.items()},
                     {"local_authority": authority}, [rule], connection=scratch)  # fmt: skip
    assert {(r, t, n) for r, t, n in found.itertuples(index=False)} == {
        (rule, table, row) for table, rows in fails.items() for row in rows
    }


def test_every_rule_of_a_file_has_its_cases_and_each_some_that_fail():
    known = set().union(*(rules.rules_of(return_of("csww"), year, SHIPPED) for year in (2017, 2023, 2024, 2025)))
    assert known - BEYOND_A_FILE == CASES.keys()
    for rule, cases in CASES.items():
        assert any(case["fails"] for case in cases), rule


@pytest.mark.parametrize(
    ("year", "has", "has_not"),
    [
        (2017, {"CSWW041"}, {"CSWW024", "CSWW042", "CSWW047", "CSWW063", "CSWW099", "CSWW018"}),
        (2020, {"CSWW024", "CSWW050"}, {"CSWW042", "CSWW091"}),
        (2023, {"CSWW041", "CSWW051"}, {"CSWW042"}),
        (2024, {"CSWW042", "CSWW050"}, {"CSWW041", "CSWW091"}),
        (2025, {"CSWW018", "CSWW096"}, {"CSWW050", "CSWW041"}),
        (2026, {"CSWW018", "CSWW042"}, {"CSWW051"}),
    ],
)
def test_a_year_has_its_own_rules(year, has, has_not):
    known = rules.rules_of(return_of("csww"), year, SHIPPED).keys()
    assert has <= known
    assert not has_not & known


def test_every_field_that_a_rule_names_is_one_of_its_module():
    for rule in [
        *rules.rules_of(return_of("csww"), 2025, SHIPPED).values(),
        *rules.rules_of(return_of("csww"), 2023, SHIPPED).values(),
    ]:
        for table, names in rule.fields.items():
            module = layout.modules(return_of("csww"))[layout.module_of(return_of("csww"), table)]
            assert set(names) <= {field.name for field in module}, rule.id


def test_what_is_not_there_makes_a_rule_not_run(server):
    known = rules.rules_of(return_of("csww"), 2025, SHIPPED)
    with opened(Council(), return_of("csww").collection(2025)) as connection:
        put(connection, return_of("csww"), "CSWWWorker", ["SWENo"], [("SW1",)])
        meant = {"collection", "cswwworker", "authority", "calendar_day", "code"}
        chosen = [known[name] for name in ("CSWW023", "CSWW010", "CSWW099", "CSWW078", "CSWW022")]
        outcomes = list(rules.run(connection, chosen, meant))
        found = [(outcome.rule.id, outcome.state, outcome.not_run, outcome.failures) for outcome in outcomes]
    assert found == [
        ("CSWW023", "passed", None, 0),
        ("CSWW010", "not run", "LALevel is not there", 0),
        ("CSWW099", "not run", "CSWWWorker_last is not there", 0),
        ("CSWW078", "not run", "held_case is not there", 0),
        ("CSWW022", "failed", None, 1),
    ]


@pytest.fixture
def local(tmp_path):
    """A council's folder with one rule of its own."""
    folder = tmp_path / "expectations" / "returns" / "csww" / "2017"
    folder.mkdir(parents=True)

    def write(select, name="LOCAL1", **header):
        told = {
            "title": "any", "severity": "query", "fields": {"CSWWWorker": ["SWENo"]}, "fix": "mend",
        } | header  # fmt: skip
        comment = "".join(f"-- {line}\n" for line in yaml.safe_dump(told, sort_keys=False).splitlines())
        (folder / f"{name}.sql").write_text(comment + select + "\n")

    return write


TEAM = "select 'CSWWWorker' as module, CSWWWorker.row_id from CSWWWorker where CSWWWorker.SWENo = 'SW2'"


def test_a_councils_own_rule_is_run_beside_ours(server, local, tmp_path, monkeypatch):
    local(TEAM)
    monkeypatch.setenv("STATUTORY_LOCAL", str(tmp_path))  # the door of others reads it
    workers = frame({"SWENo": ["SW1", "SW2"], "AgencyWorker": ["0", "0"]})
    found = validate("csww", 2025, {"CSWWWorker": workers}, rules=["LOCAL1", "CSWW023"])
    assert found.to_numpy().tolist() == [["LOCAL1", "CSWWWorker", 1]]


def test_a_rule_that_postgresql_refuses_is_not_run_and_the_others_go_on(server, local, tmp_path):
    local("select 'CSWWWorker' as module, CSWWWorker.row_id from CSWWWorker where 1 / (CSWWWorker.row_id - 0) = 1")
    known = rules.rules_of(return_of("csww"), 2025, tmp_path)
    with opened(Council(), return_of("csww").collection(2025)) as connection:
        put(connection, return_of("csww"), "CSWWWorker", ["SWENo"], [("SW1",), (None,)])
        outcomes = list(rules.run(connection, [known["LOCAL1"], known["CSWW023"]], {"cswwworker"}))
        assert [(o.state, o.not_run) for o in outcomes] == [
            ("not run", "PostgreSQL refused it with 22012"),
            ("failed", None),
        ]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ({"severity": "fatal"}, "severity is error or query"),
        ({"years": 2025}, "the header key years is not known here"),
        ({"name": "CSWW023"}, "are one rule of one year"),
    ],
)
def test_a_header_that_is_not_right_names_the_file(local, tmp_path, header, message):
    local(TEAM, **header)
    with pytest.raises(SqlFileError, match=message):
        rules.rules_of(return_of("csww"), 2025, tmp_path)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("cwss", 2025, {}), "there is no return cwss; there are agency_quarterly, annex_a, csww"),
        (("csww", 1999, {}), "no collection of csww 1999 is known"),
        (("csww", 2025, {"Workers": pd.DataFrame()}), "csww has no module Workers; it has Header, LALevel, CSWWWorker"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_error(server, arguments, message):
    with pytest.raises(StatutoryError, match=message):
        validate(*arguments)


def test_one_call_leaves_nothing_for_the_next(server):
    bad = frame({"SWENo": [None]})
    assert len(validate("csww", 2025, {"CSWWWorker": bad}, rules=["CSWW023"])) == 1
    assert validate("csww", 2025, {}, rules=["CSWW023", "CSWW008"]).empty


def test_two_threads_at_once_have_each_its_own_answer(server):
    bad, good = frame({"SWENo": [None]}), frame({"SWENo": ["SW1"]})
    together = threading.Barrier(2)

    def ask(workers):
        together.wait()
        return [len(validate("csww", 2025, {"CSWWWorker": workers}, rules=["CSWW023"])) for _ in range(5)]

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(ask, [bad, good])) == [[1] * 5, [0] * 5]


def test_two_threads_make_the_reference_tables_once(server):
    with reach(Council(), "scratch") as opened:
        opened.execute("set client_min_messages = warning")  # of what a cascade takes
        for (name,) in opened.execute("select nspname from pg_namespace where nspname like 'reference%'").fetchall():
            opened.execute(f"drop schema {name} cascade")
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: validate("csww", 2025, {}, rules=["CSWW023"]).empty, range(2)))
    assert found == [True, True]
    with reach(Council(), "scratch") as opened:
        made = opened.execute("select relname from pg_class where relnamespace::regnamespace::text like 'reference%'"
                              " and relkind = 'r' order by 1").fetchall()  # fmt: skip
    assert [name for (name,) in made] == ["authority", "calendar_day", "code", "translation"]


def test_a_connection_that_is_used_again_has_no_row_of_the_call_before(scratch):
    before = {"LALevel_last": frame({"NumberOfVacancies": ["1"]}), "CSWWWorker": frame({"SWENo": [None] * 2})}
    for _ in range(2):
        found = validate("csww", 2025, before, rules=["CSWW023"], connection=scratch)
        assert found["row"].tolist() == [0, 1]
        assert validate("csww", 2025, {}, rules=["CSWW023"], connection=scratch).empty
        with pytest.raises(StatutoryError):
            validate("csww", 2025, before | {"CSWWNurse": frame({})}, connection=scratch)
    with opened(Council(), return_of("csww").collection(2025), connection=scratch) as connection:
        assert connection.execute("select count(*) from LALevel_last").fetchone() == (0,)


def test_a_module_that_two_returns_have_is_that_of_the_return_that_is_asked(scratch, monkeypatch):
    validate("csww", 2025, {"Header": frame({"Collection": ["CSWW"]})}, connection=scratch)
    known = layout.modules(return_of("agency_quarterly"))
    monkeypatch.setattr(layout, "modules", lambda _: known | {"Header": known["Assignment"]})
    with opened(Council(), return_of("agency_quarterly").collection(20253), connection=scratch) as connection:
        put(connection, return_of("agency_quarterly"), "Header", ["assignment_id"], [["AS1"]])
        assert connection.execute("select assignment_id from Header").fetchall() == [("AS1",)]
