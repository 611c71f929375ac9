"""The few defects that real extracts have, put into a night's rows and listed as the truth to test against.

A defect stands in the same row every night, until a turn of nights after which it counts as mended. Rows behind the
workforce figures are left alone. Defects of a census break one rule of the workforce census each; they are put in when
asked for, since a file with them is not written.
"""

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from statutory.sources.contract import Table

MENDED_AFTER = 40  # nights


@dataclass(frozen=True)
class Defect:
    """One defect: 1-based data row, key values joined by /, column, kind, and the rule of a return that it breaks."""

    row: int
    key: str
    column: str
    kind: str
    rule: str = ""


# Table, column, kind, what stands there instead.
SPOILED = (
    ("ssd_person", "pers_dob", "non_date", "unknown"),
    ("ssd_contacts", "cont_contact_date", "non_date", "31/02/2025"),
    ("ssd_contacts", "cont_contact_source_code", "unknown_code", "XX"),
    ("ssd_cin_assessments", "cina_assessment_auth_date", "non_date", "today"),
    ("ssd_cin_visits", "cinv_person_id", "orphan", "C-NOBODY"),
    ("ssd_cp_visits", "cppv_cp_visit_seen", "unknown_code", "perhaps"),
    ("ssd_cla_placement", "clap_cla_placement_distance", "bad_number", "12 miles"),
    ("ssd_cla_episodes", "clae_cla_episode_start_reason", "unknown_code", "Q"),
    ("hr_absence", "working_days_lost", "bad_number", "NaN"),
    ("agency_invoice", "amount_net", "bad_number", "1.435,00"),
    ("missing_report", "reported_at", "non_date", "last night"),
    ("panel_request", "panel_name", "missing_required", ""),
    ("case_audit", "topic", "unknown_code", "weather"),
    ("cp_transfer", "other_la", "bad_format", "LA99"),
)
TWICE = (("ssd_cla_visits", "duplicate_row"), ("supervision", "duplicate_key"), ("ssd_address", "missing_key"))
CHANGED = {"supervision": "held_date"}

LEFT = "left"
IN_POST = "in post"


@dataclass(frozen=True)
class CensusDefect:
    """What breaks one rule of the census: who has it, which value it takes the place of (None: any), and the value."""

    rule: str
    table: str
    column: str
    who: str
    held: str | None
    value: str


# Each where it leaves other rules alone: no graduate, nobody newly qualified, no number by which cases are held.
CENSUS = (
    CensusDefect("CSWW023", "hr_worker", "swe_number", LEFT, None, ""),
    CensusDefect("CSWW024", "hr_worker", "swe_number", LEFT, None, "SW12-345"),
    CensusDefect("CSWW025", "hr_worker", "swe_number", LEFT, None, "RM004711"),
    CensusDefect("CSWW038", "hr_worker", "birth_date", IN_POST, None, ""),
    CensusDefect("CSWW040", "hr_worker", "birth_date", IN_POST, None, "1948-03-01"),
    CensusDefect("CSWW042", "hr_worker", "sex_code", IN_POST, None, "X"),
    CensusDefect("CSWW043", "hr_worker", "ethnicity_code", IN_POST, "WBRI", "ZZZZ"),
    CensusDefect("CSWW045", "hr_worker", "qualification_level", IN_POST, "2", ""),
    CensusDefect("CSWW046", "hr_worker", "step_up_grad", IN_POST, "0", ""),
    CensusDefect("CSWW047", "hr_worker", "frontline_grad", IN_POST, "0", ""),
    CensusDefect("CSWW056", "hr_contract", "starter_origin", IN_POST, "3", "X"),
    CensusDefect("CSWW064", "hr_contract", "leave_destination", LEFT, "2", "X"),
    CensusDefect("CSWW065", "hr_contract", "leave_reason", LEFT, "1", "X"),
    CensusDefect("CSWW094", "hr_payment", "rr_payments", IN_POST, None, "-50.00"),
    CensusDefect("CSWW095", "hr_payment", "rr_payments", IN_POST, None, "40000.00"),
)
CENSUS_TABLES = ("hr_worker", "hr_contract", "hr_payment")


def spoil(table: Table, columns: dict[str, list[str]], night: date, seed: int) -> list[Defect]:
    """Put this night's defects of a table into its columns, in place; what was put where."""
    found = []
    keys = ["/".join(parts) for parts in zip(*(columns[k] for k in table.key), strict=True)]
    taken: set[int] = set()
    for name, column, kind, value in SPOILED:
        if name != table.name:
            continue
        for row in _chosen(keys, f"{seed}/{name}/{column}", night, 2):
            if row in taken or columns[column][row] in ("", value):
                continue
            taken.add(row)
            columns[column][row] = value
            key = "/".join(columns[k][row] for k in table.key)
            found.append(Defect(row + 1, key, column, kind))
    for name, kind in TWICE:
        if name != table.name:
            continue
        for row in _chosen(keys, f"{seed}/{name}/{kind}", night, 1):
            if row in taken:
                continue
            taken.add(row)
            if kind == "missing_key":
                columns[table.key[0]][row] = ""
                found.append(Defect(row + 1, "", table.key[0], kind))
                continue
            for values in columns.values():
                values.append(values[row])
            last = len(keys) + 1
            if kind == "duplicate_key":
                columns[CHANGED[name]][-1] = "2019-01-02"
                found.append(Defect(row + 1, keys[row], table.key[0], kind))
            found.append(Defect(last, keys[row], table.key[0], kind))
    return found


def census_defects(
    tables: Mapping[str, dict[str, list[str]]], night: date, seed: int
) -> list[tuple[CensusDefect, int]]:
    """Where a night's defects of a census stand: each with its row, counted from 0, no two in one worker's records.

    Args:
        tables: the columns of CENSUS_TABLES as the night has them.
        night: the census is the newest that ended by it.
        seed: the same seed chooses the same workers.
    """
    year = night.year if night >= date(night.year, 9, 30) else night.year - 1
    first, last = f"{year - 1}-10-01", f"{year}-09-30"
    contracts = tables["hr_contract"]
    rows = zip(*(contracts[c] for c in ("worker_id", "post_id", "start_date", "end_date")), strict=True)
    who = {
        worker: IN_POST if not end else LEFT
        for worker, post, start, end in rows
        if not post.startswith("POSTX") and start <= last and (not end or first <= end <= last)
    }
    # Of several contracts only some are told in the census.
    taken = {worker for worker, number in Counter(contracts["worker_id"]).items() if number > 1}
    found = []
    for defect in CENSUS:
        columns = tables[defect.table]
        workers = columns["worker_id"]
        for row in _chosen(workers, f"{seed}/{defect.rule}", night, len(workers)):
            fits = defect.held is None or columns[defect.column][row] == defect.held
            of_year = columns.get("census_year", [str(year)] * len(workers))[row] == str(year)
            if fits and of_year and who.get(workers[row]) == defect.who and workers[row] not in taken:
                taken.add(workers[row])
                found.append((defect, row))
                break
        else:
            raise ValueError(f"no worker for the defect of {defect.rule}")
    return found


def _chosen(keys: list[str], salt: str, night: date, count: int) -> list[int]:
    """The rows with the lowest hash of their key in this turn of nights, so it stays the same for many nights."""
    turn = night.toordinal() // MENDED_AFTER
    hashes = (zlib.crc32(f"{salt}/{turn}/{key}".encode()) for key in keys)
    ranked = sorted((found, row) for row, found in enumerate(hashes))
    return [row for _, row in ranked[:count]]
