"""Extract and load on a real warehouse: what is kept, what is quarantined, and that nothing is lost."""

import errno
import os
from datetime import date

import pytest

from councils import at
from statutory.errors import SourceError, WarehouseError
from statutory.settings import Council
from statutory.sources import canonical, contract
from statutory.sources.delivery import delivery
from statutory.sources.extract import extract_source, extract_table
from statutory.warehouse.load import load_source
from statutory.warehouse.migrate import migrate

D1, D2 = date(2026, 9, 29), date(2026, 9, 30)
LONG = "Number of working days lost to sickness absence in the year up to 30 September"


@pytest.fixture(scope="module", autouse=True)
def migrated(server):
    migrate(Council())


class Extracts:
    """A folder of extracts of the source agency, and the nights loaded from it."""

    def __init__(self, connection, folder):
        self.connection, self.folder = connection, folder

    def write(self, night, table, *rows, header=None):
        t = contract.table(table)
        directory = self.folder / str(night) / t.source
        directory.mkdir(parents=True, exist_ok=True)
        for other in contract.tables_of(t.source):
            path = directory / f"{other.name}.csv"
            if not path.exists():
                path.write_text(",".join(other.column_names) + "\n")
        lines = [header or ",".join(t.column_names)]
        lines += [",".join(dict(row).get(c, "") for c in t.column_names) for row in rows]
        path = directory / f"{table}.csv"
        path.write_text("\n".join(lines) + "\n")
        return path

    def load(self, night, source="agency"):
        ((run,),) = self.connection.execute(
            "insert into ops.run (dag_run_id, night) values (gen_random_uuid()::text, %s) returning run_id", (night,)
        )
        batches = extract_source(at(self.connection, night), source, self.folder, run)
        return load_source(at(self.connection, night), source, batches)

    def last(self, table):
        return self.connection.execute(
            """
            select rows_read, rows_kept, rows_quarantined, values_rejected, versions_ended, versions_added
            from ops.load where table_name = %s order by batch_id desc limit 1
            """,
            (table,),
        ).fetchone()

    def history(self, table, columns):
        return self.connection.execute(
            f"select {columns}, seen_from, nullif(seen_to, 'infinity') from history.{table} order by 1, seen_from"
        ).fetchall()


@pytest.fixture
def council(connection, tmp_path):
    return Extracts(connection, tmp_path)


def worker(key, **more):
    row = {"agency_worker_id": key, "swe_number": "SW1", "full_name": "Ada Example", "pqe_start": "2010-01-01"}
    return row | more


def test_a_change_ends_a_version_and_the_same_night_again_changes_nothing(council):
    council.write(D1, "agency_worker", worker("A1"), worker("A2"))
    council.load(D1)
    assert council.last("agency_worker") == (2, 2, 0, 0, 0, 2)
    council.write(D2, "agency_worker", worker("A1", swe_number="SW9"))
    council.load(D2)
    expected = [("A1", "SW1", D1, D2), ("A1", "SW9", D2, None), ("A2", "SW1", D1, D2)]
    assert council.history("agency_worker", "agency_worker_id, swe_number") == expected
    council.load(D2)
    assert council.history("agency_worker", "agency_worker_id, swe_number") == expected


def test_a_corrected_file_replaces_the_newest_night(council):
    council.write(D1, "agency_worker", worker("A1"))
    council.load(D1)
    council.write(D2, "agency_worker", worker("A1", swe_number="SW9"))
    council.load(D2)
    council.write(D2, "agency_worker", worker("A1"))
    council.load(D2)
    assert council.history("agency_worker", "agency_worker_id, swe_number") == [("A1", "SW1", D1, None)]


def test_an_older_night_is_refused(council):
    council.write(D1, "agency_worker", worker("A1"))
    council.write(D2, "agency_worker", worker("A1"))
    council.load(D2)
    with pytest.raises(WarehouseError, match="2026-09-30 is loaded, 2026-09-29 lies before it"):
        council.load(D1)


def test_an_audit_stamp_alone_is_no_new_version(council):
    council.write(D1, "agency_worker", worker("A1", source_updated_at="2026-09-29T10:00:00+01:00"))
    council.load(D1)
    council.write(D2, "agency_worker", worker("A1", source_updated_at="2026-09-30T10:00:00+01:00"))
    council.load(D2)
    assert council.history("agency_worker", "agency_worker_id") == [("A1", D1, None)]


def test_rows_in_are_rows_kept_and_rows_quarantined(council):
    council.write(D1, "agency_worker", worker("A1"), worker("A2"))
    council.load(D1)
    council.write(
        D2,
        "agency_worker",
        worker("A1", swe_number="SW7"),  # differs under one key: both out, last night's version stays
        worker("A1", swe_number="SW8"),
        worker("A2"),
        worker("A2"),  # the same row again: one is kept
        worker(""),  # no key
        worker("A3", birth_date="31/02/1980"),  # kept, its date is not
    )
    council.load(D2)
    assert council.last("agency_worker") == (6, 2, 4, 1, 0, 1)
    assert council.history("agency_worker", "agency_worker_id, swe_number") == [
        ("A1", "SW1", D1, None),
        ("A2", "SW1", D1, None),
        ("A3", "SW1", D2, None),
    ]
    reasons = council.connection.execute(
        "select source_row, reason, keeps_last_night from quality.quarantine order by source_row"
    ).fetchall()
    assert reasons == [
        (1, "rows differ under one key", True),
        (2, "rows differ under one key", True),
        (4, "the same row again", False),
        (5, "no usable key", False),
    ]
    assert council.connection.execute("select row_key, column_name, reason from quality.reject").fetchall() == [
        ("A3", "birth_date", "is no date")
    ]


def test_a_byte_order_mark_other_order_and_case_are_accepted_and_recorded(council):
    path = council.write(D1, "agency_worker", worker("A1"))
    header, row = path.read_text().splitlines()
    turned = [",".join(reversed(line.split(","))) for line in (header.upper(), row)]
    path.write_bytes(b"\xef\xbb\xbf" + "\n".join(turned).encode() + b"\n")
    council.load(D1)
    assert council.history("agency_worker", "agency_worker_id, swe_number") == [("A1", "SW1", D1, None)]
    ((remarks,),) = council.connection.execute(
        "select remarks from ops.batch where table_name = 'agency_worker' order by batch_id desc limit 1"
    )
    assert remarks == ["byte order mark", "column names in another case", "columns in another order"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("swe_number,", "", 1), "agency/agency_worker.csv lacks the column swe_number"),
        (
            lambda text: text.replace("swe_number", "swe_number,swe_number", 1),
            "has the column swe_number more than once",
        ),
        (lambda text: "\0" + text, "line 1 holds a NUL byte"),
        (lambda text: text.replace("Ada Example", "Ada Example,,,,,,,,,,,,,,,"), "line 2 has more values than"),
        (lambda text: text[: text.index("Ada") + 3], "line 2 ends before the column birth_date"),
        (lambda text: text.replace("Ada Example", '"Ada Example'), "ends inside a quoted value"),
        (lambda text: "", "has no header row"),
    ],
)
def test_a_file_that_cannot_be_taken_is_one_clear_error(council, change, message):
    path = council.write(D1, "agency_worker", worker("A1"))
    path.write_text(change(path.read_text()))
    with pytest.raises(SourceError, match=message) as caught:
        council.load(D1)
    assert "Example" not in str(caught.value)


def test_a_wrong_encoding_is_one_clear_error(council):
    path = council.write(D1, "agency_worker", worker("A1", full_name="Zoë Example"))
    path.write_bytes(path.read_text().encode("latin-1"))
    with pytest.raises(SourceError, match=r"agency_worker\.csv line 2 is not UTF-8") as caught:
        council.load(D1)
    assert "Example" not in str(caught.value)


def test_an_absent_file_names_itself_and_the_way_out(council):
    council.write(D1, "agency_worker", worker("A1")).unlink()
    with pytest.raises(
        SourceError, match=r"agency/agency_worker.csv is not there; supply it, map it, or name agency_worker"
    ):
        council.load(D1)


def test_every_fault_of_a_source_is_named_in_one_message(council):
    path = council.write(D1, "agency_worker", worker("A1"))
    path.write_text(path.read_text().replace("agency_worker_id,", "number,", 1))
    (path.parent / "agency_invoice.csv").unlink()
    assignments = path.parent / "agency_assignment.csv"
    assignments.write_text(assignments.read_text() + "S1,A1\n")
    with pytest.raises(SourceError) as caught:
        council.load(D1)
    said = str(caught.value)
    assert "agency/agency_worker.csv lacks the column agency_worker_id" in said
    assert "agency/agency_assignment.csv line 2 ends before the column" in said
    assert "agency/agency_invoice.csv is not there" in said
    assert council.connection.execute("select to_regclass('landing_2026_09_29.agency_worker')").fetchall() == [(None,)]


def test_a_column_that_is_not_required_and_not_there_is_one_warning_and_empty(council):
    path = council.write(D1, "agency_worker", worker("A1"))
    lines = path.read_text().splitlines()
    place = lines[0].split(",").index("swe_expiry")
    path.write_text("\n".join(",".join(part for n, part in enumerate(line.split(",")) if n != place) for line in lines))
    council.load(D1)
    assert council.history("agency_worker", "agency_worker_id, swe_expiry") == [("A1", None, D1, None)]
    assert council.connection.execute(
        "select check_id, severity, passed, failures from quality.expectation_result"
        " where table_name = 'agency_worker' and check_id like '%/missing'"
    ).fetchall() == [("agency_worker/swe_expiry/missing", "warning", False, 1)]


def test_a_renamed_column_is_taken_under_either_name(council, connection):
    directory = council.folder / str(D1) / "case_system"
    directory.mkdir(parents=True)
    for name in ("pers_common_child_id", "pers_single_unique_id"):
        (directory / "ssd_person.csv").write_text(f"pers_person_id,{name}\nC1,N1\n")
        with pytest.raises(SourceError) as caught:  # the other files are not there
            council.load(D1, "case_system")
        assert "ssd_person" not in str(caught.value)
        ((run,),) = connection.execute(
            "insert into ops.run (dag_run_id, night) values (gen_random_uuid()::text, %s) returning run_id", (D1,)
        )
        with delivery(at(connection, D1), "case_system", council.folder) as handed:
            extract_table(contract.table("ssd_person"), handed, run)
        rows = connection.execute("select pers_person_id, pers_single_unique_id from landing_2026_09_29.ssd_person")
        assert rows.fetchall() == [("C1", "N1")]


@pytest.mark.parametrize(
    "more",
    [",", f",{LONG} (long term),{LONG} (short term)"],
    ids=["a trailing comma", "headers equal in their first 63 bytes"],
)
def test_further_columns_go_nowhere_whatever_they_are_called(council, more):
    path = council.write(D1, "agency_worker", worker("A1"))
    header, row = path.read_text().splitlines()
    path.write_text(f"{header}{more}\n{row}{',' * more.count(',')}\n")
    council.load(D1)
    assert council.history("agency_worker", "agency_worker_id, swe_number") == [("A1", "SW1", D1, None)]


def test_what_came_stays_beside_the_code_and_makes_no_version_of_its_own(council):
    council.write(D1, "agency_worker", worker("A1", swe_number="tbc"))
    council.write(D1, "agency_assignment", {
        "assignment_id": "S1", "agency_worker_id": "A1", "assignment_type": "Individual", "supplier": "Any",
        "reason": "Vacancy cover", "start_date": "2026-01-05",
    })  # fmt: skip
    council.load(D1)
    told = "select swe_number, as_written from history.agency_worker"
    assert council.connection.execute(told).fetchall() == [(None, {"swe_number": "tbc"})]
    told = "select assignment_type, reason, as_written, seen_from from history.agency_assignment"
    assert council.connection.execute(told).fetchall() == [
        ("individual", "vacancy_cover", {"reason": "Vacancy cover", "assignment_type": "Individual"}, D1)
    ]
    for table, row in (
        ("agency_worker", worker("A1", swe_number="")),
        ("agency_assignment", {
            "assignment_id": "S1", "agency_worker_id": "A1", "assignment_type": "individual", "supplier": "Any",
            "reason": "vacancy_cover", "start_date": "2026-01-05",
        }),
    ):  # fmt: skip
        council.write(D2, table, row)
    council.load(D2)
    assert council.last("agency_worker")[4:] == council.last("agency_assignment")[4:] == (0, 0)


def test_a_placeholder_in_the_key_is_no_key(council):
    council.write(D1, "agency_worker", worker("A1"), worker("TBC"), worker("n/a"))
    council.load(D1)
    assert council.last("agency_worker")[:3] == (3, 1, 2)
    assert council.connection.execute("select distinct reason from quality.quarantine").fetchall() == [
        ("no usable key",)
    ]


@pytest.mark.parametrize(("rows", "changed", "failures"), [(501, 101, 101), (501, 100, 0), (500, 500, 0)])
def test_a_fifth_of_a_large_table_that_changes_in_one_night_is_a_warning(council, rows, changed, failures):
    for night in (D1, D2):
        suppliers = ["Other" if night == D2 and n < changed else "One" for n in range(rows)]
        council.write(
            night,
            "agency_assignment",
            *({"assignment_id": f"A{n}", "supplier": supplier} for n, supplier in enumerate(suppliers)),
        )
        council.load(night)
    found = council.connection.execute(
        """
        select passed, failures from quality.expectation_result
        where check_id = 'agency_assignment/changed' order by batch_id desc limit 1
        """
    ).fetchone()
    assert found == (failures == 0, failures)


def test_a_table_whose_rows_are_new_is_known_to_the_planner(council):
    council.write(D1, "agency_assignment", *({"assignment_id": f"A{n}", "supplier": f"S{n % 5}"} for n in range(50)))
    council.load(D1)
    known = dict(
        council.connection.execute(
            """
            select attname, n_distinct from pg_stats
            where schemaname = 'history' and tablename = 'agency_assignment' and inherited
            and attname in ('assignment_id', 'supplier')
            """
        ).fetchall()
    )
    assert known == {"assignment_id": 50, "supplier": 5}


def rejects(council, table):
    return council.connection.execute(
        "select source_row, column_name, reason, length(row_key) from quality.reject where table_name = %s"
        " order by source_row, column_name",
        (table,),
    ).fetchall()


def test_an_id_too_long_for_an_index_is_quarantined_with_its_row_and_the_others_load(council):
    # Signs that do not compress, so that no index takes them.
    long = "".join(chr(33 + n * 7919 % 57) for n in range(2800)).replace(",", "x").replace('"', "y")
    council.write(D1, "agency_worker", worker("W1"), worker(long), worker("x" * 200), worker("y" * 201))
    council.load(D1)
    assert council.last("agency_worker")[:4] == (4, 2, 2, 2)
    too_long = "is longer than 200 signs"
    assert rejects(council, "agency_worker") == [
        (2, "agency_worker_id", too_long, 200), (4, "agency_worker_id", too_long, 200)
    ]  # fmt: skip
    assert [key for key, *_ in council.history("agency_worker", "agency_worker_id")] == ["W1", "x" * 200]


def test_a_reference_or_code_too_long_is_rejected_and_the_row_is_kept(council):
    council.write(D1, "agency_worker", worker("W1"))
    council.write(
        D1, "agency_assignment",
        {"assignment_id": "A1", "agency_worker_id": "w" * 3000, "start_date": "2026-01-01", "team_id": "t" * 201},
    )  # fmt: skip
    council.load(D1)
    assert council.last("agency_assignment")[:4] == (1, 1, 0, 2)
    assert [column for _, column, *_ in rejects(council, "agency_assignment")] == ["agency_worker_id", "team_id"]


DEEP = [f"{begin * depth}1{end * depth}" for depth in (2500, 20_000) for begin, end in (("[", "]"), ('{"a":', "}"))]


@pytest.mark.parametrize(
    ("column", "value", "is_kept"),
    [
        ("addr_address_json", DEEP[0], True), ("addr_address_json", DEEP[1], True),
        ("addr_address_json", DEEP[2], False), ("addr_address_json", DEEP[3], False),
        ("addr_address_json", '"\\u0000"', False), ("addr_address_json", "9" * 100_000, True),
        ("cinf_assessment_factors_json", '["1A"]', True),
        ("cinf_assessment_factors_json", '["' + "x" * 200 + '"]', True),
        ("cinf_assessment_factors_json", '["' + "x" * 201 + '"]', False),
        ("cinf_assessment_factors_json", DEEP[2], False), ("cinf_assessment_factors_json", DEEP[3], False),
        ("cinf_assessment_factors_json", '"\\u0000"', False),
    ],
)  # fmt: skip
def test_json_nested_too_deep_or_with_a_very_long_code_is_rejected_alone(connection, column, value, is_kept):
    asked = next(c for t in contract.tables().values() for c in t.columns if c.name == column)
    (found,) = connection.execute(
        f"select ({canonical.typed(asked)}) is not null, {canonical.is_rejected(asked)}"
        f" from (select %s::text as {column} offset 0) as landed",
        (value,),
    ).fetchall()
    assert found == (is_kept, not is_kept)


@pytest.mark.parametrize(
    "value", ["1" * 100_000, "99999-01-01", "2026-01-01" * 1000, "NaN", "1e400", "\u200b" * 5000 + "x"]
)
def test_an_odd_number_or_date_is_rejected_and_the_row_is_kept(council, value):
    council.write(D1, "agency_worker", worker("W1", pqe_start=value, birth_date=value), worker("W2"))
    council.load(D1)
    assert council.last("agency_worker")[:4] == (2, 2, 0, 2)


@pytest.mark.parametrize(
    ("spans", "overlapping"),
    [
        ([("2026-01-01", "2026-02-01"), ("2026-02-01", "2026-03-01")], 0),
        ([("2026-01-01", "2026-02-02"), ("2026-02-01", "2026-03-01")], 1),
        ([("2026-02-01", "2026-02-02"), ("2026-01-01", "2026-03-01")], 1),  # one within the other
        ([("2026-01-01", "2026-09-29")], 0), ([("2026-01-01", "2026-10-01")], 1),  # the current one began before
    ],
)  # fmt: skip
def test_versions_of_one_record_that_overlap_in_history_are_counted_every_night(council, spans, overlapping):
    council.write(D1, "agency_worker", worker("W1"), worker("W2"))
    council.load(D1)
    for first, last in spans:
        council.connection.execute(
            "insert into history.agency_worker (agency_worker_id, seen_from, seen_to) values ('W1', %s, %s)",
            (first, last),
        )
    council.write(D2, "agency_worker", worker("W1"), worker("W2"))
    council.load(D2)
    found = council.connection.execute(
        "select failures, passed from quality.expectation_result where check_id = 'agency_worker/versions'"
        " order by batch_id desc limit 1"
    ).fetchone()
    assert found == (overlapping, not overlapping)


def test_files_that_the_system_does_not_open_are_named_together_with_the_reason_once(council, monkeypatch):
    council.write(D1, "agency_worker", worker("W1"))
    opens = os.open

    def closed(path, flags, *more, **named):
        if str(path).endswith(("agency_worker.csv", "agency_assignment.csv")):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opens(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", closed)
    with pytest.raises(SourceError) as caught:
        council.load(D1)
    assert str(caught.value) == (
        f"{D1}/agency/agency_worker.csv, {D1}/agency/agency_assignment.csv cannot be read (permission denied): let the"
        " user that runs the night read the folder of extracts and all that is in it"
    )
