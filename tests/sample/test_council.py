"""The synthetic council keeps the contract, tells the published story, and grows without changing what was."""

import csv
import io
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest

from statutory import sample
from statutory.sample.council import SHIPPED_ONLY
from statutory.sources import contract

NIGHT = sample.FIRST_NIGHT
WRITTEN = [t for t in contract.tables().values() if t.name not in SHIPPED_ONLY]

# Children's social work workforce, reporting year 2025, file of indicators, Hillingdon: in post FTE and headcount,
# agency FTE and headcount, vacancy FTE, leavers FTE and headcount, then the rates: turnover, agency, vacancy.
PUBLISHED = {
    2017: ("114.2", 118, "70.3", 71, "96.0", "24.6", 27, "21.6", "38.1", "45.7"),
    2018: ("124.7", 127, "62.0", 62, "73.0", "23.4", 24, "18.8", "33.2", "36.9"),
    2019: ("128.2", 134, "45.0", 45, "74.0", "29.7", 30, "23.2", "26.0", "36.6"),
    2020: ("137.1", 143, "42.0", 42, "68.0", "17.6", 19, "12.9", "23.5", "33.2"),
    2021: ("154.1", 156, "46.0", 46, "54.0", "17.0", 17, "11.0", "23.0", "25.9"),
    2022: ("150.3", 152, "42.0", 42, "68.0", "33.8", 34, "22.5", "21.8", "31.1"),
    2023: ("166.0", 169, "45.6", 46, "53.0", "23.0", 23, "13.9", "21.5", "24.2"),
    2024: ("161.3", 165, "59.0", 59, "77.0", "33.9", 35, "21.0", "26.8", "32.3"),
    2025: ("181.0", 184, "18.0", 18, "109.0", "28.2", 30, "15.6", "9.0", "37.6"),
}


def read(folder, night, table):
    text = (folder / str(night) / table.source / f"{table.name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def rows_of(folder, name, night=NIGHT):
    return read(folder, night, contract.table(name))


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clean")
    sample.write(folder, children=300, nights=2, until=NIGHT + timedelta(days=1), seed=3, defects=False)
    return folder


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("spoiled")
    sample.write(folder, children=300, nights=1, until=NIGHT, seed=3)
    return folder


@pytest.mark.parametrize("table", WRITTEN, ids=lambda table: table.name)
def test_every_table_has_rows_with_unique_keys_and_all_that_is_required(clean, table):
    rows = read(clean, NIGHT, table)
    assert rows
    assert tuple(rows[0]) == table.column_names
    keys = [tuple(row[k] for k in table.key) for row in rows]
    assert len(set(keys)) == len(keys)
    for column in table.columns:
        if column.required == "always":
            assert all(row[column.name] for row in rows), column.name


@pytest.mark.parametrize("table", WRITTEN, ids=lambda table: table.name)
def test_references_lead_to_rows_of_the_same_night(clean, table):
    for column in table.columns:
        if column.targets:
            there = {row[field] for name, field in column.targets for row in rows_of(clean, name)} | {""}
            assert {row[column.name] for row in read(clean, NIGHT, table)} <= there, column.name


def test_no_event_lies_after_the_night(clean):
    for name, column in (
        ("ssd_contacts", "cont_contact_date"),
        ("ssd_cin_episodes", "cine_close_date"),
        ("ssd_involvements", "invo_involvement_end_date"),
        ("hr_contract", "end_date"),
        ("rhi_offer", "held_at"),
    ):
        assert max(row[column][:10] for row in rows_of(clean, name)) <= str(NIGHT)


def test_no_child_has_a_referral_while_another_is_open(clean):
    by_child = {}
    for row in rows_of(clean, "ssd_cin_episodes"):
        by_child.setdefault(row["cine_person_id"], []).append(
            (row["cine_referral_date"], row["cine_close_date"] or "9")
        )
    for spells in by_child.values():
        spells.sort()
        assert all(close <= start for (_, close), (start, _) in pairwise(spells))


def open_on(row, day):
    return row["start_date"] <= day and (not row["end_date"] or row["end_date"] >= day)


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_records_give_the_published_workforce(spoiled, year):
    posts = rows_of(spoiled, "hr_post")
    scope = {row["post_id"] for row in posts if row["csww_scope"] == "true"}
    contracts = [row for row in rows_of(spoiled, "hr_contract") if row["post_id"] in scope]
    day, before = f"{year}-09-30", f"{year - 1}-09-30"
    in_post = [row for row in contracts if open_on(row, day)]
    agency = [row for row in rows_of(spoiled, "agency_assignment") if open_on(row, day)]
    held = {}
    for row in in_post:
        held[row["post_id"]] = held.get(row["post_id"], Decimal(0)) + Decimal(row["fte"])
    vacancy = sum(
        max(Decimal(0), Decimal(row["funded_fte"]) - held.get(row["post_id"], Decimal(0)))
        for row in posts
        if row["post_id"] in scope and row["valid_from"] <= day and (not row["valid_to"] or row["valid_to"] > day)
    )
    stayed = {row["worker_id"] for row in in_post}
    left = {row["worker_id"] for row in contracts if before < (row["end_date"] or "") <= day} - stayed
    left_fte = sum(Decimal(row["fte"]) for row in contracts if row["worker_id"] in left and open_on(row, before))
    in_post_fte = sum(Decimal(row["fte"]) for row in in_post)
    agency_fte = sum(Decimal(row["fte"]) for row in agency)
    assert not [row for row in contracts if row["end_date"] == day]

    def one(value):
        return str(value.quantize(Decimal("0.1"), ROUND_HALF_UP))

    assert PUBLISHED[year] == (
        one(in_post_fte), len(stayed), one(agency_fte), len(agency), one(vacancy), one(left_fte), len(left),
        one(100 * left_fte / in_post_fte), one(100 * agency_fte / (agency_fte + in_post_fte)),
        one(100 * vacancy / (vacancy + in_post_fte)),
    )  # fmt: skip


def test_in_2014_eighty_percent_were_agency(clean):
    contracts = [row for row in rows_of(clean, "hr_contract") if row["post_id"].startswith("POST0")]
    in_post = sum(Decimal(row["fte"]) for row in contracts if open_on(row, "2014-09-30"))
    agency = sum(Decimal(row["fte"]) for row in rows_of(clean, "agency_assignment") if open_on(row, "2014-09-30"))
    assert agency / (agency + in_post) == Decimal("0.8")


def test_a_further_night_leaves_earlier_ones_as_they_were(clean, tmp_path):
    sample.write(tmp_path, children=300, nights=1, until=NIGHT, seed=3, defects=False)
    before = {p.name: p.read_bytes() for p in (tmp_path / str(NIGHT)).rglob("*.csv")}
    assert before == {p.name: p.read_bytes() for p in (clean / str(NIGHT)).rglob("*.csv")}
    sample.write(tmp_path, children=300, nights=1, until=date(2026, 2, 1), seed=3, defects=False)
    assert before == {p.name: p.read_bytes() for p in (tmp_path / str(NIGHT)).rglob("*.csv")}


def test_about_one_percent_of_the_rows_change_in_a_night(clean):
    rows = changed = 0
    for table in WRITTEN:
        first, second = ({str(r) for r in read(clean, NIGHT + timedelta(days=n), table)} for n in (0, 1))
        rows += len(first)
        changed += len(second - first)
    assert 0.003 < changed / rows < 0.03


def test_each_defect_stands_where_the_list_says_and_nothing_else_differs(clean, spoiled):
    with (spoiled / "defects.csv").open() as file:
        listed = list(csv.DictReader(file))
    assert {row["kind"] for row in listed} == {
        "non_date", "unknown_code", "orphan", "bad_number", "missing_required", "bad_format",
        "duplicate_row", "duplicate_key", "missing_key",
    }  # fmt: skip
    marked = {}
    for row in listed:
        marked.setdefault(row["table"], set()).add(int(row["row"]))
    for table in WRITTEN:
        good, bad = read(clean, NIGHT, table), read(spoiled, NIGHT, table)
        differ = {n for n, row in enumerate(bad, 1) if n > len(good) or row != good[n - 1]}
        # Of two rows under one key only the second was changed; both are listed.
        assert differ <= marked.get(table.name, set())
        assert len(bad) >= len(good)
        assert bool(differ) == (table.name in marked)


# Columns without codes in the Standard Safeguarding Dataset, which case systems fill with words.
WORDED = {"local.health_check_kind", "local.immigration_status", "local.yes_no_refused"}


def test_every_code_that_holds_today_is_used(clean, tmp_path):
    sample.write(tmp_path, children=2000, nights=1, until=NIGHT, seed=3, defects=False)
    unused = []
    for table in WRITTEN:
        rows = None
        for column in table.columns:
            if not column.code_list or column.type == "jsonb" or column.code_list in WORDED:
                continue
            rows = rows or read(tmp_path, NIGHT, table)
            codes = contract.code_lists()[column.code_list]
            used = {row[column.name] for row in rows}
            holding = {c.code for c in codes if (c.first_year or 0) <= 2026 <= (c.last_year or 9999)}
            unused += [f"{table.name}.{column.name} {code}" for code in holding - used]
    assert not unused
