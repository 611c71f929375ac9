"""A file of a return as its owner has it: read as a stream, checked, told line by line; errors are one line."""

import csv
import io

import openpyxl
import pytest
from typer.testing import CliRunner

from statutory.cli import app

HEADER = """<Header><CollectionDetails><Collection>CSWW</Collection><Year>{year}</Year>
<ReferenceDate>{year}-09-30</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>312</LEA><SoftwareCode>any</SoftwareCode>
<DateTime>{year}-10-02T10:00:00</DateTime></Source></Header>"""
LEVEL = """<{name}><NumberOfVacancies>1</NumberOfVacancies><NoAgencyFTE>0</NoAgencyFTE>
<NoAgencyHeadcount>0</NoAgencyHeadcount>{more}</{name}>"""
ALLOWANCES = (
    "".join(
        f"<{name}>0</{name}>"
        for name in (
            "RecruitmentBonus", "RetentionBonus", "PerformanceAward", "CarAllowance", "RelocationPackage",
            "RegionalWeighting", "CostSWE", "CostDBS",
        )
    )
    + "<OtherAllowances>none</OtherAllowances>"
)  # fmt: skip


def worker(number, **more):
    items = {
        "AgencyWorker": "0", "SWENo": f"SW10{number}", "FTE": "1", "PersonBirthDate": "1980-02-29", "Sex": "F",
        "Ethnicity": "WBRI", "QualLevel": "2", "StepUpGrad": "0", "OrgRole": "5", "RoleStartDate": "2015-01-05",
        "StartOrigin": "1", "FTE30": "1", "Cases30": "15", "WorkingDaysLost": "6", "FrontlineGrad": "0",
        "BaseSalary": "41000",
    } | more  # fmt: skip
    return (
        "<CSWWWorker>\n" + "\n".join(f"<{k}>{v}</{k}>" for k, v in items.items() if v is not None) + "\n</CSWWWorker>"
    )


def message(*workers, year=2025, level=None):
    level = LEVEL.format(name="LALevel", more=ALLOWANCES) if level is None else level
    return f"<Message>\n{HEADER.format(year=year)}\n{level}\n" + "\n".join(workers) + "\n</Message>\n"


@pytest.fixture
def check(server, tmp_path):
    """Run `statutory validate` on a text: exit status, what was said, and the failing rows."""

    def run(text, *more, year=2025):
        file = tmp_path / "return.xml"
        file.write_text(text, encoding="utf-8")
        out = tmp_path / "failures.csv"
        arguments = ["validate", "csww", "--year", str(year), "--files", str(file), "--la", "312", "--out", str(out)]
        result = CliRunner().invoke(app, [*arguments, *more])
        rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines())) if result.exit_code < 2 else []
        return result, rows

    return run


def test_a_clean_file_is_exit_status_0(check):
    result, rows = check(message(worker(1), worker(2)))
    assert (result.exit_code, rows) == (0, []), result.output
    assert "read: Header 1, LALevel 1, CSWWWorker 2" in result.output
    assert "no row fails" in result.output


def test_a_failing_row_is_told_by_line_record_field_rule_and_what_to_do(check):
    text = message(worker(1), worker(2, FTE="1.5"))
    result, rows = check(text)
    assert result.exit_code == 1
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "SW102" in one) - 2
    wrong = [row for row in rows if row["rule"] == "CSWW031"]
    assert wrong == [
        {
            "line": str(line), "record": "SW102", "module": "CSWWWorker", "field": "FTE", "rule": "CSWW031",
            "severity": "error", "what is wrong": "The full-time equivalent is missing or not between 0 and 1",
            "what to do": "Give contracted over standard hours, from 0 to 1 with at most six decimals; 0 for a leaver.",
        }
    ]  # fmt: skip


def test_an_element_that_the_year_does_not_have_is_named_with_its_line(check):
    result, rows = check(message(worker(1, CFKSSstatus="1"), worker(2, QualInst="Any"), worker(3, Desk="A4")))
    assert result.exit_code == 1
    found = [(row["record"], row["field"]) for row in rows if row["rule"] == "CSWW009"]
    assert found == [("SW101", "CFKSSstatus"), ("SW102", "QualInst"), ("SW103", "Desk")]


def test_the_authoritys_element_has_its_name_of_the_year(check):
    old = message(worker(1, BaseSalary=None), year=2024, level=LEVEL.format(name="LALevelVacancies", more=""))
    result, rows = check(old, year=2024)
    assert (result.exit_code, rows) == (0, []), result.output
    _, rows = check(message(worker(1), level=LEVEL.format(name="LALevelVacancies", more=ALLOWANCES)))
    assert [(row["rule"], row["field"]) for row in rows] == [("CSWW009", "LALevelVacancies")]


def test_items_that_may_repeat_are_each_judged_and_others_are_told(check):
    twice = worker(1).replace("<WorkingDaysLost>", "<Absat30Sept>1</Absat30Sept><ReasonAbsence>MAT</ReasonAbsence>"
                              "<ReasonAbsence>XX</ReasonAbsence><FTE>1</FTE><WorkingDaysLost>")  # fmt: skip
    _, rows = check(message(twice))
    assert {(row["rule"], row["field"]) for row in rows} >= {("CSWW085", "ReasonAbsence"), ("CSWW009", "FTE")}


def test_the_return_of_the_year_before_is_compared(check, tmp_path):
    before = tmp_path / "before.xml"
    last = worker(9, BaseSalary=None)
    before.write_text(message(last, year=2024, level=LEVEL.format(name="LALevelVacancies", more="")))
    result, rows = check(message(worker(1)), "--previous", str(before))
    assert {(row["rule"], row["module"], row["record"]) for row in rows} >= {
        ("CSWW099", "CSWWWorker_last", "SW109"),
        ("CSWW100", "CSWWWorker", "SW101"),
    }
    assert "CSWWWorker_last is not there" not in result.output


def test_a_workbook_has_the_rules_and_the_rows_and_no_formula(check, tmp_path):
    check(message(worker(1, SWENo="=1+1")), "--xlsx", str(tmp_path / "report.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "report.xlsx").read_bytes()))
    assert book.sheetnames == ["rules", "failing rows"]
    rules = {row[0]: row[2:4] for row in book["rules"].iter_rows(min_row=2, values_only=True)}
    assert rules["CSWW024"] == ("failed", 1)
    assert rules["CSWW078"] == ("not run", 0)
    cells = [cell for row in book["failing rows"].iter_rows(min_row=2) for cell in row if cell.value == "=1+1"]
    assert cells
    assert all(cell.data_type != "f" for cell in cells)


def test_a_text_goes_on_behind_a_comment_or_an_instruction(check):
    for parted in ("S<!--x-->W101", "S<?x y?>W101", "<![CDATA[S]]>W101", "&#83;W101"):
        result, rows = check(message(worker(1, SWENo=parted)))
        assert (parted, result.exit_code, rows) == (parted, 0, [])


def test_a_spreadsheet_takes_no_value_of_the_csv_for_a_formula(check):
    _, rows = check(message(worker(1, SWENo="=1+1")))
    assert {row["record"] for row in rows if row["module"] == "CSWWWorker"} == {"'=1+1"}


LAUGHS = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>'
EXTERNAL = '<!DOCTYPE m [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LAUGHS + message(worker(1, SWENo="&lol2;")), "return.xml declares a document type; such files are refused"),
        (EXTERNAL + message(worker(1, SWENo="&secret;")), "return.xml declares a document type"),
        (message(worker(1))[:-30], "return.xml is not well-formed XML from line"),
        ("AgencyWorker,SWENo\n0,SW1\n", "return.xml is not well-formed XML from line 1 on"),
        ("", "return.xml is not well-formed XML"),
        ("<SSDA903/>", "return.xml is no file of csww: it begins with SSDA903, not with Message"),
        (
            message().replace("<Message>", '<Message xmlns="urn:of-a-supplier">'),
            "return.xml puts its elements into the namespace urn:of-a-supplier, and the department's files have none",
        ),
        (message().replace("CSWW<", "CIN<"), "return.xml is no file of csww: its header names another collection"),
    ],
)
def test_what_cannot_be_read_is_one_clear_error_and_exit_status_2(check, text, said):
    result, _ = check(text)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_a_file_that_is_not_there_and_a_return_that_nobody_knows(server, tmp_path):
    common = ["--files", str(tmp_path / "no.xml"), "--out", str(tmp_path / "o.csv")]
    result = CliRunner().invoke(app, ["validate", "csww", "--year", "2025", *common])
    assert (result.exit_code, result.output) == (2, "no.xml is not there\n")
    result = CliRunner().invoke(app, ["validate", "cwss", "--year", "2025", *common])
    assert (result.exit_code, "cwss" in result.output) == (2, True)
