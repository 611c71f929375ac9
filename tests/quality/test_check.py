"""Suites on landed rows: what passes, what fails, what lies on the boundary, and that no value is kept."""

import csv
import hashlib
import json
from datetime import date
from fnmatch import fnmatch

import pytest

from councils import at
from statutory.errors import ContractError
from statutory.paths import SQL
from statutory.quality import suites
from statutory.quality.check import check_batches
from statutory.settings import Council
from statutory.sources import contract
from statutory.sources.extract import extract_source
from statutory.warehouse.migrate import migrate

NIGHT = date(2021, 1, 1)


@pytest.fixture
def council(server, connection, tmp_path, request):
    migrate(Council())
    ((run,),) = connection.execute(
        "insert into ops.run (dag_run_id, night) values (gen_random_uuid()::text, %s) returning run_id", (NIGHT,)
    )

    def check(table, *rows, **settings):
        """Land the given rows of one table and check its source: the failures of each check."""
        source = contract.table(table).source
        directory = tmp_path / str(NIGHT) / source
        directory.mkdir(parents=True, exist_ok=True)
        for t in contract.tables_of(source):
            if t.shipped and t.name != table:
                continue
            lines = [",".join(t.column_names)]
            if not t.may_be_empty and t.name != table:
                lines.append(",".join("2000-01-01" if c.type == "date" else "any" for c in t.columns))
            if t.name == table:
                lines += [",".join(row.get(c, "") for c in t.column_names) for row in rows]
            (directory / f"{t.name}.csv").write_text("\n".join(lines) + "\n")
        batches = extract_source(at(connection, NIGHT), source, tmp_path, run)
        connection.commit()
        check_batches(at(connection, NIGHT, **settings), batches)
        found = connection.execute(
            "select check_id, failures from quality.expectation_result"
            " where batch_id = any(%s) and table_name = %s and not passed order by 1",
            (batches, table),
        )
        return dict(found.fetchall())

    return check


def assignment(key, **more):
    row = {
        "assignment_id": key, "agency_worker_id": "A1", "assignment_type": "individual", "supplier": "Any Supplier",
        "team_id": "TA", "role_group": "social worker", "start_date": "2020-01-06", "fte": "1", "reason": "project",
        "case_holding": "true", "pay_rate_hour": "30.00", "charge_rate_hour": "40.00", "source_system": "hr",
    }  # fmt: skip
    return row | more


def test_rows_that_keep_the_contract_fail_nothing(council):
    assert council("agency_assignment", assignment("S1"), assignment("S2", fte="0"), assignment("S3", fte="1.0")) == {}


def test_each_kind_of_defect_is_counted_under_its_check(council):
    rows = [assignment(f"S{n}") for n in range(100)]
    rows += [
        assignment("B1", start_date="31/02/2020"),
        assignment("B2", fte="1.000001"),  # just above the range of 0 to 1
        assignment("B3", reason="holiday"),
        assignment("B4", agency_worker_id=""),  # required for an individual booking
        assignment("B5", agency_worker_id="", assignment_type="project_team"),  # not for a bundled one
        assignment("B6", supplier=" "),
        assignment("S0"),
        assignment(""),
    ]
    assert council("agency_assignment", *rows) == {
        "agency_assignment/agency_worker_id/present": 1,
        "agency_assignment/assignment_id/present": 1,
        "agency_assignment/assignment_id/unique": 1,
        "agency_assignment/fte/range": 1,
        "agency_assignment/reason/code": 1,
        "agency_assignment/start_date/type": 1,
        "agency_assignment/supplier/present": 1,
    }


def test_a_code_counts_in_any_case_and_by_its_label(council):
    assert council("agency_assignment", assignment("S1", reason="Vacancy_Cover", role_group="Team manager")) == {}


def test_a_table_without_keys_stops_its_source(council):
    with pytest.raises(
        ContractError, match=r"critical checks failed: agency_worker/keys \(More than one row in twenty"
    ) as caught:
        council("agency_worker", {"full_name": "Quilla Testworthy"}, {"full_name": "Orla Testworthy"})
    assert "Testworthy" not in str(caught.value)


@pytest.mark.parametrize("key", ['""', "TBC", "-1", '" "'])
def test_a_key_that_is_written_empty_or_as_a_placeholder_is_no_key(council, key):
    with pytest.raises(ContractError, match="critical checks failed: agency_worker/keys"):
        council("agency_worker", {"agency_worker_id": key, "full_name": "Orla Testworthy"})


def test_one_row_in_twenty_without_a_key_is_set_aside_and_one_more_stops_the_source(council):
    rows = [{"agency_worker_id": f"A{n}", "full_name": "x"} for n in range(38)]
    nobody = [{"agency_worker_id": "unknown", "full_name": "x"}, {"agency_worker_id": "", "full_name": "x"}]
    assert "agency_worker/keys" not in council("agency_worker", *rows, *nobody)  # 2 of 40
    with pytest.raises(ContractError, match="agency_worker/keys"):
        council("agency_worker", *rows[1:], *nobody)  # 2 of 39


def test_placeholders_are_counted_once_a_cell(council):
    found = council(
        "agency_worker",
        {"agency_worker_id": "A1", "swe_number": "TBC"},
        {"agency_worker_id": "A2", "swe_number": "SW 0000"},
        {"agency_worker_id": "A3", "swe_number": "sw 123", "full_name": "Unknown"},  # a name tells nobody apart
        {"agency_worker_id": "A4"},
    )
    assert found["agency_worker/placeholders"] == 2


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        (
            "ssd_cla_episodes",
            "clae_cla_episode_id clae_person_id clae_cla_episode_start_date clae_cla_episode_ceased_date",
        ),
        (
            "ssd_legal_status",
            "lega_legal_status_id lega_person_id lega_legal_status_start_date lega_legal_status_end_date",
        ),
        ("ssd_cp_plans", "cppl_cp_plan_id cppl_person_id cppl_cp_plan_start_date cppl_cp_plan_end_date"),
        ("ssd_cin_plans", "cinp_cin_plan_id cinp_person_id cinp_cin_plan_start_date cinp_cin_plan_end_date"),
        (
            "ssd_immigration_status",
            "immi_immigration_status_id immi_person_id immi_immigration_status_start_date"
            " immi_immigration_status_end_date",
        ),
    ],
)
def test_a_state_left_open_behind_the_next_is_counted(council, table, columns):
    rows = [
        ("1", "C1", "2020-01-06", ""),  # left open behind the next
        ("2", "C1", "2021-01-06", "2021-06-01"),
        ("3", "C2", "2020-01-06", "2020-05-01"),
        ("4", "C2", "2021-01-06", ""),  # the last one is open rightly
        ("5", "C3", "2020-01-06", ""),
        ("6", "C3", "2020-01-06", ""),  # two records of one day
    ]
    found = council(table, *(dict(zip(columns.split(), row, strict=True)) for row in rows))
    assert found[f"{table}/left_open"] == 1


def test_more_answers_than_people_asked_are_counted(council):
    def survey(key, asked, answered, positive):
        return {"survey_id": key, "question_code": "knows_advocate", "group_code": "in_care_4_7",
                "asked": asked, "answered": answered, "positive": positive}  # fmt: skip

    found = council("voice_survey", survey("V1", "20", "12", "12"), survey("V2", "20", "12", "13"),
                    survey("V3", "20", "21", "2"), survey("V4", "many", "2", "1"))  # fmt: skip
    assert found["voice_survey/counts"] == 2


def test_no_value_of_a_record_is_in_the_results(council, connection):
    council("agency_worker", {"agency_worker_id": "A1", "full_name": "Quilla Testworthy", "birth_date": "Testworthy"})
    found = connection.execute("select t::text from quality.expectation_result as t").fetchall()
    assert found
    assert "Testworthy" not in str(found)


@pytest.fixture
def decided(tmp_path, monkeypatch):
    """Say what people decided of agency_worker, and nothing of any other table."""

    def put(**conditions):
        folder = tmp_path / "expectations" / "sources" / "agency"
        folder.mkdir(parents=True)
        expectations = [
            {
                "type": "expect_no_rows", "kwargs": {"rows": condition}, "severity": "critical",
                "meta": {"check": f"agency_worker/{name}", "fix": "Mend it."},
            }
            for name, condition in conditions.items()
        ]  # fmt: skip
        (folder / "agency_worker.own.json").write_text(json.dumps({"expectations": expectations}))
        monkeypatch.setattr(suites, "EXPECTATIONS", tmp_path / "expectations")

    return put


def test_what_people_decided_is_counted_beside_what_the_contract_states(council, decided):
    decided(short="length(full_name) < 3", late="btrim(birth_date) > {night}")
    with pytest.raises(ContractError) as caught:
        council("agency_worker", {"agency_worker_id": "A1", "full_name": "Al", "birth_date": "2021-01-01"})
    assert str(caught.value) == "critical checks failed: agency_worker/short (Mend it.)"
    with pytest.raises(ContractError) as caught:
        council("agency_worker", {"agency_worker_id": "A1", "full_name": "Ali", "birth_date": "2021-01-02"})
    assert str(caught.value) == "critical checks failed: agency_worker/late (Mend it.)"


@pytest.mark.parametrize("broken", ["1 / (length(full_name) - 3) > 1", "no_such_column = ''", "full_name like"])
def test_a_check_that_cannot_be_run_stops_the_source_and_is_named_alone(council, connection, decided, broken):
    decided(fine="length(full_name) > 99", broken=broken)
    with pytest.raises(ContractError) as caught:
        council("agency_worker", {"agency_worker_id": "A1", "full_name": "Ali"})
    assert str(caught.value) == "agency_worker: the check agency_worker/broken could not be run"
    connection.rollback()


def parameter(name, value):
    return {"name": name, "valid_from": "2000-01-01", "value": value, "approved_by": "director", "source_system": "any"}


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("assessment_working_days", "45", "45 days"),
        ("return_interview_hours", "72", "0"),
        ("full_time_weekly_hours", "36.25", "36 hours"),
        ("basis", "census", "weekly"),
        ("own_la", "312", "Any Borough"),
    ],
)
def test_a_parameter_that_cannot_be_read_as_its_name_wants_stops_its_source(council, name, good, bad):
    rest = [parameter(row["name"], row["value"]) for row in shipped() if row["name"] != name]
    assert council("local_parameter", parameter(name, good), parameter("any_other", "any word"), *rest) == {}
    with pytest.raises(ContractError, match="critical checks failed: local_parameter/value"):
        council("local_parameter", parameter(name, bad), *rest)


def shipped():
    with (SQL / "ref" / "local_parameter.csv").open() as file:
        return list(csv.DictReader(file))


BOUNDS = [
    ("*_working_days", "assessment_working_days", "1", "260", "0", "261"),
    ("*_days", "cover_days", "1", "731", "-5", "732"),
    ("*_weeks", "pre_proceedings_weeks", "1", "104", "0", "1.5"),
    ("*_months", "cin_review_months", "1", "60", "", "61"),
    ("*_hours", "return_interview_hours", "1", "336", "0", "99999999999999"),
    ("*_age", "seen_alone_age", "0", "25", "-1", "26"),
    ("full_time_weekly_hours", "full_time_weekly_hours", "10", "80", "9.99", "80.01"),
    ("pack_ready_hours", "pack_ready_hours", "0", "23", "-1", "24"),
    ("caseload_ceiling", "caseload_ceiling", "1", "200", "0", "201"),
    ("link_threshold", "link_threshold", "0.5", "1", "0.49", "1.01"),
    ("target_*", "target_T03", "0", "1000000", "-1", "1000001"),
]


def test_every_kind_of_standard_has_bounds_and_every_shipped_one_lies_in_them(council):
    with (SQL / "ref" / "parameter_bound.csv").open() as file:
        assert [row["name"] for row in csv.DictReader(file)] == [name for name, *_ in BOUNDS]
    numbers = [row["name"] for row in shipped() if row["value"].replace(".", "").isdigit()]
    assert [name for name in numbers if not any(fnmatch(name, kind) for kind, *_ in BOUNDS)] == []
    assert council("local_parameter", *(parameter(row["name"], row["value"]) for row in shipped())) == {}


@pytest.mark.parametrize("bounds", BOUNDS)
def test_a_standard_out_of_its_bounds_stops_its_source(council, bounds):
    kind, name, low, high, below, above = bounds
    rest = [parameter(row["name"], row["value"]) for row in shipped() if row["name"] != name]
    for value in (low, high):
        assert council("local_parameter", parameter(name, value), *rest) == {}
    for value in (below, above, "NaN", "9" * 400):
        with pytest.raises(ContractError, match="critical checks failed: ") as caught:
            council("local_parameter", parameter(name, value), *rest)
        assert f"local_parameter/value/{kind} (Write {kind} as a" in str(caught.value)


@pytest.mark.parametrize(
    ("spans", "fault"),
    [
        ([("2000-01-01", "")], None), ([("2000-01-01", "2021-01-02")], None),  # the night after its last day
        ([("2000-01-01", "2010-01-01"), ("2010-01-01", "")], None), ([("2030-01-01", "")], None),
        ([("2000-01-01", "2021-01-01")], "name/ended"), ([("1980-01-01", "1990-01-01")], "name/ended"),
        ([("2000-01-01", "1999-12-31"), ("2000-01-02", "")], "valid_to/order"),
        ([("2000-01-01", "2000-01-01"), ("2000-01-02", "")], "valid_to/order"),
    ],
)  # fmt: skip
def test_a_standard_that_ended_or_ends_before_it_begins_stops_its_source(council, spans, fault):
    rest = [parameter(row["name"], row["value"]) for row in shipped() if row["name"] != "cover_days"]
    rows = [parameter("cover_days", "28") | {"valid_from": first, "valid_to": last} for first, last in spans]
    if fault is None:
        assert council("local_parameter", *rows, *rest) == {}
    else:
        with pytest.raises(ContractError, match=f"critical checks failed: local_parameter/{fault} "):
            council("local_parameter", *rows, *rest)


def test_a_standard_that_the_council_leaves_out_warns(council):
    rows = [parameter(row["name"], row["value"]) for row in shipped()]
    assert council("local_parameter", *rows) == {}
    assert council("local_parameter", *rows[2:]) == {"local_parameter/name/missing": 2}


def invoice(number, **more):
    row = {
        "invoice_line_id": f"I{number}", "assignment_id": f"S{number}", "week_ending": "2020-12-27", "hours": "37.00",
        "amount_net": "1200.00", "invoice_date": "2020-12-30", "source_system": "any",
    }  # fmt: skip
    return row | more


@pytest.fixture
def last_night(council, connection):
    """Say that 200 rows of one table, all filled, were loaded the night before."""

    def put(sha256="another", rows=200):
        connection.execute("delete from history.agency_invoice")
        connection.execute(
            """
            insert into history.agency_invoice (invoice_line_id, assignment_id, amount_net, seen_from)
            select 'I' || number, 'S' || number, 1, '2020-12-01' from generate_series(1, 200) as number
            """
        )
        connection.execute(
            """
            with run as (
                insert into ops.run (dag_run_id, night) values (gen_random_uuid()::text, '2020-12-31') returning run_id
            ), batch as (
                insert into ops.batch (run_id, night, source, table_name, is_shipped, sha256, bytes, rows)
                select run_id, '2020-12-31', 'agency', 'agency_invoice', false, %s, 0, 200 from run
                returning batch_id, night, source, table_name
            )
            insert into ops.load select batch_id, night, source, table_name, %s, %s, 0, 0, 0, 0 from batch
            """,
            (sha256, rows, rows),
        )

    yield put
    connection.execute("delete from history.agency_invoice")
    connection.execute("delete from ops.load where table_name = 'agency_invoice'")
    connection.commit()


@pytest.mark.parametrize(
    ("rows", "found"),
    [(200, {}), (160, {}), (159, {"agency_invoice/volume": 1}), (240, {}), (241, {"agency_invoice/volume": 1})],
)
def test_a_fifth_more_or_less_than_last_night_warns(council, last_night, rows, found):
    last_night()
    assert council("agency_invoice", *(invoice(n) for n in range(rows))) == found


@pytest.mark.parametrize(("before", "now", "warns"), [(99, 0, True), (1, 0, True), (99, 1, False), (0, 0, False)])
def test_a_small_table_that_falls_to_nothing_warns(council, last_night, before, now, warns):
    last_night(rows=before)
    found = council("agency_invoice", *(invoice(n) for n in range(now)))
    assert found == ({"agency_invoice/emptied": 1} if warns else {})


@pytest.mark.parametrize(("rows", "stops"), [(100, False), (99, True)])
def test_less_than_half_of_last_night_stops_the_source(council, last_night, rows, stops):
    last_night()
    if stops:
        with pytest.raises(ContractError, match="agency_invoice/half"):
            council("agency_invoice", *(invoice(n) for n in range(rows)))
    else:
        assert council("agency_invoice", *(invoice(n) for n in range(rows))) == {"agency_invoice/volume": 1}


def test_the_file_of_the_night_before_warns(council, last_night, tmp_path):
    rows = [invoice(n) for n in range(200)]
    last_night()
    assert council("agency_invoice", *rows) == {}
    sent = (tmp_path / str(NIGHT) / "agency" / "agency_invoice.csv").read_bytes()
    last_night(hashlib.sha256(sent).hexdigest())
    assert council("agency_invoice", *rows) == {"agency_invoice/repeated": 1}


def test_a_column_that_stopped_being_filled_warns(council, last_night):
    last_night()
    rows = [invoice(n, amount_net="1200.00" if n < 100 else "") for n in range(200)]
    assert "agency_invoice/filled" not in council("agency_invoice", *rows)
    rows[0]["amount_net"] = ""
    assert council("agency_invoice", *rows)["agency_invoice/filled"] == 1


def test_columns_in_each_others_place_stop_the_source(council):
    rows = [invoice(n, amount_net="2020-12-30", invoice_date="1200.00") for n in range(200)]
    with pytest.raises(ContractError, match="agency_invoice/shifted"):
        council("agency_invoice", *rows)
    one = [invoice(n, amount_net="one thousand") for n in range(199)]
    assert council("agency_invoice", invoice(199), *one) == {"agency_invoice/amount_net/type": 199}
    # A required column of which nothing can be read is as good as missing.
    with pytest.raises(ContractError, match="agency_invoice/shifted"):
        council("agency_invoice", *one)
    half = [*rows[:100], *(invoice(n) for n in range(100, 200))]
    assert "agency_invoice/shifted" not in council("agency_invoice", *half)


def test_dates_after_the_night_and_ends_before_starts_warn(council):
    def absence(number, start, end):
        return {
            "absence_id": f"A{number}", "worker_id": "1", "absence_type": "sickness", "start_date": start,
            "end_date": end, "source_system": "any",
        }  # fmt: skip

    rows = [
        absence(1, "2021-01-01", ""),  # the night itself
        absence(2, "2021-01-02", ""),  # tomorrow
        absence(3, "2020-12-31", "2020-12-31"),
        absence(4, "2020-12-31", "2020-12-30"),
        absence(5, "2020-12-31", "soon"),
    ]
    found = council("hr_absence", *rows)
    assert found == {
        "hr_absence/end_date/before start_date": 1,
        "hr_absence/end_date/type": 1,
        "hr_absence/start_date/after the night": 1,
    }


@pytest.mark.parametrize(
    ("newest", "found"),
    [
        ("2020-11-27", {}),  # 35 days before the night
        ("2020-11-26", {"agency_invoice/fresh": 1}),
        ("2021-01-02 01:30", {}),  # the extract is made after midnight
        ("2021-01-03", {"agency_invoice/ahead": 1}),
    ],
)
def test_stamps_that_stand_still_or_run_ahead_of_the_night_warn(council, newest, found):
    rows = [invoice(n, source_updated_at="2020-06-01") for n in range(99)]
    assert council("agency_invoice", *rows, invoice(100, source_updated_at=newest)) == found


def test_few_rows_may_stay_as_they_are(council):
    assert council("agency_invoice", *(invoice(n, source_updated_at="2020-01-01") for n in range(99))) == {}


@pytest.mark.parametrize(("strangers", "stops"), [(100, False), (101, True)])
def test_a_file_of_other_records_stops_the_source(council, last_night, strangers, stops):
    last_night()
    rows = [invoice(n) for n in range(1, 201 - strangers)] + [invoice(n) for n in range(1000, 1000 + strangers)]
    if stops:
        with pytest.raises(ContractError, match=r"agency_invoice/known \(Fewer than half of the records were there"):
            council("agency_invoice", *rows)
    else:
        assert council("agency_invoice", *rows) == {}


def test_a_critical_check_that_the_council_accepts_only_warns(council, last_night):
    last_night()
    found = council("agency_invoice", *(invoice(n) for n in range(99)), accepted_checks={"agency_invoice/half"})
    assert found == {"agency_invoice/half": 1, "agency_invoice/volume": 1}
