"""A council's own files: other names, columns, dates and codes, two files a table; and what is said before loading."""

from datetime import date

import pytest

from councils import at
from statutory.errors import SourceError
from statutory.paths import PROJECT
from statutory.sources import contract, mapping
from statutory.sources.extract import extract_source
from statutory.survey import survey
from statutory.warehouse.load import load_source

NIGHT = date(2020, 3, 1)
STAFF = (
    "Payroll No;Name;Date of Birth;Gender;Ethnic Origin;Reg No;Service Start;Desk\r\n"
    "1;Zoë Testworthy;29/02/2000;Woman;White UK;SW1;1/4/2019;A4\r\n"
    "2;Orla Testworthy;29/02/2001;man;Elsewhere;SW2;1/5/2019;A5\r\n"
)
PERMANENT = "Position Ref;Payroll No;Post;From;To;FTE\r\nK1;1;P1;1/4/2019;;0.8\r\n"
FIXED = "Position Ref;Payroll No;Post;From;To;FTE\r\nK2;2;P1;01/05/2019;30/04/2020;1\r\nK1;2;P1;01/05/2019;;1\r\n"


@pytest.fixture
def council(connection, migrated, tmp_path):
    """The example mapping of HR and the files it speaks of; every other table of the source is empty."""
    local = tmp_path / "local"
    (local / "mappings").mkdir(parents=True)
    (local / "mappings" / "hr.toml").write_text((PROJECT / "docs" / "mappings" / "hr.toml").read_text())
    folder = tmp_path / str(NIGHT) / "hr"
    folder.mkdir(parents=True)
    for name, text in (("Staff list", STAFF), ("Positions permanent", PERMANENT), ("Positions fixed term", FIXED)):
        (folder / f"{name}.csv").write_bytes(text.encode("cp1252"))
    for table in contract.tables_of("hr"):
        if table.name not in ("hr_worker", "hr_contract"):
            row = (
                ""
                if table.may_be_empty
                else ",".join("2019-01-01" if c.type == "date" else "1" for c in table.columns) + "\n"
            )
            (folder / f"{table.name}.csv").write_text(",".join(table.column_names) + "\n" + row)
    return tmp_path


def extract(connection, folder):
    ((run,),) = connection.execute(
        "insert into ops.run (dag_run_id, night) values (gen_random_uuid()::text, %s) returning run_id", (NIGHT,)
    )
    return extract_source(at(connection, NIGHT, local=folder / "local"), "hr", folder, run)


def rewrite(council, old, new):
    file = council / "local" / "mappings" / "hr.toml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def test_other_names_dates_and_codes_load_as_rows_of_the_contract(connection, council):
    load_source(at(connection, NIGHT), "hr", extract(connection, council))
    rows = connection.execute(
        "select worker_id, full_name, birth_date::text, sex_code, ethnicity_code, swe_number, source_system"
        " from history.hr_worker order by worker_id"
    ).fetchall()
    assert rows == [
        ("1", "Zoë Testworthy", "2000-02-29", "F", "WBRI", "SW1", "Payroll"),
        # 2001 has no 29 February: rejected; a word without a translation stays.
        ("2", "Orla Testworthy", None, "M", "Elsewhere", "SW2", "Payroll"),
    ]
    rejected = connection.execute("select row_key, column_name from quality.reject where table_name = 'hr_worker'")
    assert rejected.fetchall() == [("2", "birth_date")]


def test_two_files_are_one_table_and_a_key_of_both_is_quarantined_in_both(connection, council):
    load_source(at(connection, NIGHT), "hr", extract(connection, council))
    rows = connection.execute(
        "select contract_id, contract_type, start_date::text, end_date::text, fte from history.hr_contract"
    ).fetchall()
    assert rows == [("K2", "fixed_term", "2019-05-01", "2020-04-30", 1)]
    counts = connection.execute(
        "select rows_read, rows_kept, rows_quarantined from ops.load where table_name = 'hr_contract'"
    ).fetchall()
    assert counts == [(3, 1, 2)]


def test_what_the_check_says_is_what_happens(connection, council):
    said = {found.table.name: found for found in survey(at(connection, NIGHT, local=council / "local"), "hr", council)}
    worker = said["hr_worker"]
    assert (worker.state, worker.rows) == ("mapped", 2)
    assert worker.unmapped == ("Staff list.csv: Desk",)
    assert worker.unknown_codes == {"ethnicity_code": 1}
    assert worker.untyped == {"birth_date": 1}
    assert {"qualified_date", "email"} <= set(worker.absent)
    connection.rollback()
    load_source(at(connection, NIGHT), "hr", extract(connection, council))
    rejected = connection.execute("select count(*) from quality.reject where table_name = 'hr_worker'").fetchone()
    assert rejected == (sum(worker.untyped.values()),)
    remarks = connection.execute(
        "select remarks from ops.batch where table_name = 'hr_worker' and night = %s", (NIGHT,)
    )
    assert remarks.fetchall()[-1] == (["from Staff list.csv, 1 columns not mapped"],)


def test_the_check_says_what_a_missing_file_costs_and_goes_on(connection, council):
    (council / str(NIGHT) / "hr" / "hr_absence.csv").unlink()
    said = {found.table.name: found for found in survey(at(connection, NIGHT, local=council / "local"), "hr", council)}
    assert said["hr_absence"].state == "missing"
    assert "is not there" in said["hr_absence"].reason
    assert set(said["hr_absence"].costs) >= {"W22", "csww CSWWWorker"}
    assert said["csww_la_item"].state == "found"


def test_a_file_that_came_and_cannot_be_taken_is_broken_and_not_missing(connection, council):
    (council / str(NIGHT) / "hr" / "hr_absence.csv").write_bytes(b"absence_id\n\xff\n")
    said = {found.table.name: found for found in survey(at(connection, NIGHT, local=council / "local"), "hr", council)}
    assert said["hr_absence"].state == "broken"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[hr_worker]]", "[[staff]]", r"hr\.toml: staff is no table of the source hr"),
        ("worker_id = \"Payroll No\", swe", "worker = \"Payroll No\", swe", r"hr_worker has no column worker \(in"),
        ("\"Reg No\"", "\"Registration\"", r"hr/Staff list\.csv lacks the column Registration, which"),
        ("Staff list.csv", "Staff.csv", r"hr/Staff\.csv is not there, although the mapping names it"),
        ("dd/mm/yyyy", "day/month", r"the date_format day/month must consist of dd, mm or mon, and yyyy"),
        ("win1252", "klingon", r"hr_worker: encoding: Input should be 'utf8', 'win1252' or 'latin1'"),
        ("delimiter = \";\"", "delimiter = \";", r"mappings/hr\.toml is no TOML"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_used_is_one_clear_error(connection, council, old, new, message):
    rewrite(council, old, new)
    with pytest.raises(SourceError, match=message):
        extract(connection, council)


@pytest.mark.parametrize(
    ("date_format", "written", "read"),
    [
        ("dd/mm/yyyy", "01/02/2020", "2020-02-01"),
        ("dd/mm/yyyy", "1/2/2020 09:30", "2020-02-01 09:30"),
        ("mm/dd/yyyy", "02/01/2020", "2020-02-01"),
        ("dd.mm.yyyy", "29.02.2020", "2020-02-29"),
        ("yyyymmdd", "20200229", "2020-02-29"),
        ("dd-mon-yyyy", "05-MAR-2020", "2020-03-05"),
        ("dd-mon-yyyy", "05-Mai-2020", "05-Mai-2020"),
        ("dd/mm/yyyy", "2020-02-01", "2020-02-01"),
        ("dd/mm/yyyy", "last week", "last week"),
        ("dd/mm/yyyy", None, None),
    ],
)
def test_dates_of_a_format_become_iso_and_others_stay(connection, date_format, written, read):
    expression = mapping._date(mapping.sql.Identifier("said"), date_format)
    statement = mapping.sql.SQL("select {} from unnest(%s::text[]) as written (said)").format(expression)
    assert connection.execute(statement, ([written],)).fetchone() == (read,)


def test_the_examples_are_mappings_of_the_contract(tmp_path):
    (tmp_path / "mappings").mkdir()
    for file in (PROJECT / "docs" / "mappings").glob("*.toml"):
        (tmp_path / "mappings" / file.name).write_text(file.read_text())
        assert len(file.read_text().splitlines()) < 60
        assert mapping.read(tmp_path, file.stem)
