"""What a check accepts, SQL understands: one spelling of a code, no identity of a placeholder, one form of a number."""

import re
from datetime import date

import pytest

from statutory.paths import EXPECTATIONS, SQL
from statutory.sources import canonical, contract


def canonical_of(connection, table, column, *values):
    known = contract.table(table).column(column)
    found = connection.execute(
        f"select {canonical.typed(known)} from unnest(%s::text[]) with ordinality as landed ({known.name}, place)"
        " order by place",
        (list(values),),
    )
    return [value for (value,) in found.fetchall()]


def test_every_wording_of_every_code_becomes_the_code_and_is_known_to_the_check(connection):
    lists = {c.code_list: c for t in contract.tables().values() for c in t.columns if c.code_list and c.type == "text"}
    for name, column in lists.items():
        codes = contract.code_lists()[name]
        labels = [wording.lower() for code in codes for wording in {code.label, *code.aliases}]
        said, meant = [], []
        for code in codes:
            for wording in (code.code, code.label, *code.aliases):
                if wording != code.code and (labels.count(wording.lower()) > 1 or wording.endswith("…")):
                    continue  # the word of two codes is none of either
                for written in (wording, wording.upper(), wording.lower(), f" {wording}\t"):
                    said.append(written)
                    meant.append(code.code)
        relation = f"unnest(%s::text[]) with ordinality as landed ({column.name}, place)"
        value, unknown = canonical.text(column), canonical.is_unknown_code(column)
        found = connection.execute(f"select {value}, {unknown} from {relation} order by place", (said,)).fetchall()
        assert [code for code, _ in found] == meant, name
        assert not any(is_unknown for _, is_unknown in found), name


@pytest.mark.parametrize(
    ("table", "column", "said", "code"),
    [
        ("hr_contract", "contract_type", "Acting up", "acting_up"),
        ("hr_contract", "contract_type", "ACTING-UP", "acting_up"),
        ("hr_contract", "contract_type", "Casual", "casual"),
        ("csww_la_item", "item", "recruitmentbonus", "RecruitmentBonus"),
        ("hr_post", "csww_role", "5.0", "5"),  # as pandas writes a column with gaps
        (
            "ssd_legal_status",
            "lega_legal_status",
            "V4 - Accommodated under an agreed series of short term breaks",
            "V4",
        ),
        ("ssd_legal_status", "lega_legal_status", "v2: single period", "V2"),
        ("ssd_legal_status", "lega_legal_status", "Supervision order", "Supervision order"),  # no code: as it came
        ("ssd_cp_plans", "cppl_cp_plan_latest_category", "Multiple: Neglect, Physical abuse", "MUL"),
        ("ssd_cp_plans", "cppl_cp_plan_latest_category", "Neglect: severe", "Neglect: severe"),
        ("ssd_immigration_status", "immi_immigration_status", "UASC - Unaccompanied asylum seeking child", "U"),
        ("ssd_immigration_status", "immi_immigration_status", "unaccompanied asylum seeker", "U"),
        ("ssd_cla_health", "clah_health_check_type", "Initial health check", "initial_health"),
        ("ssd_cp_visits", "cppv_cp_visit_seen_alone", "Child refused", "R"),
        ("complaint", "stage", " 1 ", 1),
        ("hr_worker", "step_up_grad", "Yes", 1),
    ],
)
def test_a_code_is_read_in_whatever_way_people_write_it(connection, table, column, said, code):
    assert canonical_of(connection, table, column, said) == [code]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ('["1a", "Zz", " 2B "]', ["1A", "Zz", "2B"]),
        ('{"1A": "Yes", "3A": "No", "4B": "y"}', ["1A", "4B"]),
        ('"1A,2B;21"', ["1A", "2B", "21"]),
        ("[]", []),
        ("no JSON", None),
    ],
)
def test_factors_are_an_array_of_codes_however_they_were_listed(connection, said, codes):
    assert canonical_of(connection, "ssd_assessment_factors", "cinf_assessment_factors_json", said) == [codes]


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("hr_worker", "swe_number"), ("hr_worker", "worker_id"), ("ssd_family", "fami_family_id"),
        ("ssd_care_leavers", "clea_care_leaver_personal_advisor"), ("ssd_person", "pers_upn"),
        ("ssd_involvements", "invo_professional_id"), ("agency_assignment", "supplier"),
    ],
)  # fmt: skip
def test_a_placeholder_identifies_nobody(connection, table, column):
    said = ["TBC", "tbc ", "NULL", "n/a", "XX", "xxxx", "-1", "0", "000", "UNKNOWN", "-", "Not known", "", None]
    assert canonical_of(connection, table, column, *said) == [None] * len(said)
    assert canonical_of(connection, table, column, "A0", "A10", "NA1") == ["A0", "A10", "NA1"]


def test_a_home_that_another_body_inspects_has_its_mark_in_place_of_a_number(connection):
    column = ("ssd_cla_placement", "clap_cla_placement_urn")
    assert canonical_of(connection, *column, "XXXXXXX", "XXXXXX", "SC123456") == ["XXXXXXX", None, "SC123456"]


def test_what_says_not_known_in_a_column_that_tells_nothing_apart_stays(connection):
    assert canonical_of(connection, "ssd_cla_convictions", "clac_cla_conviction_offence", "Unknown") == ["Unknown"]


def test_a_registration_number_has_one_form_wherever_two_sources_meet(connection):
    columns = [
        (t.name, c.name) for t in contract.tables().values() for c in t.columns if c.identifies == "registration"
    ]
    assert set(columns) == {
        ("ssd_professionals", "prof_social_worker_registration_no"),
        ("hr_worker", "swe_number"),
        ("agency_worker", "swe_number"),
    }
    for table, column in columns:
        assert canonical_of(connection, table, column, "SW12345", "sw 12345", "12345", " Sw12345 ") == ["SW12345"] * 4
        assert canonical_of(connection, table, column, "12345/B") == ["12345/B"]  # no number: as it came


def test_no_sql_reads_the_wordings_of_a_code():
    files = [*SQL.rglob("*.sql"), *(EXPECTATIONS / "returns").rglob("*.sql")]
    assert files
    assert not [path.name for path in files if re.search(r"\bcode_alias\b", path.read_text())]


def test_the_pattern_that_folds_a_wording_is_the_same_in_python_and_in_sql(connection):
    said = ["Acting  up", "ACTING_up", "acting-up", "Édouard – x", "a\u2009b"]
    ((*found,),) = connection.execute(
        "select " + ", ".join(canonical._folded("%s::text") for _ in said), said
    ).fetchall()
    assert found == [canonical.folded(text) for text in said]


def test_a_registration_without_a_number_is_nobodys(connection):
    said = ["Not  known", "NOT-KNOWN", "not_known", "n / a", "SW-TBC", "T.B.C", "Awaiting registration", "-1.0", "0.0"]
    assert canonical_of(connection, "hr_worker", "swe_number", *said) == [None] * len(said)
    # What is folded of -1 is 1, and 1 is somebody.
    assert canonical_of(connection, "hr_worker", "swe_number", "SW1", "1") == ["SW1", "SW1"]


def test_the_last_and_the_first_date_there_are_are_none(connection):
    said = ["9999-12-31", "0001-01-01", "0001-01-01T00:00:00Z", "2025-01-31"]
    assert canonical_of(connection, "hr_contract", "end_date", *said) == [None, None, None, date(2025, 1, 31)]
    # As a moment in London the first one would lie before the year 1, which no program of ours can read.
    assert canonical_of(connection, "hr_contract", "source_updated_at", *said[:3]) == [None] * 3
