"""The few defects that real extracts have, put into a night's rows and listed as the truth to test against.

A defect stands in the same row every night, until a turn of nights after which it counts as mended. Rows behind the
workforce figures are left alone. Defects of a census break one rule of the workforce census each; they are put in when
asked for, since a file with them is not written. So are defects by which the lists of Annex A do not hold together.
"""

import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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


Columns = Mapping[str, list[str]]
Row = dict[str, str]


@dataclass(frozen=True)
class AnnexDefect:
    """What breaks one rule of Annex A: whose rows fit, by what is known of the child, and what stands there instead."""

    rule: str
    table: str
    column: str
    fits: Callable[[Row, "Children", date], bool]
    value: Callable[[Row, date], str]


@dataclass(frozen=True)
class Children:
    """Of whom something is open on a night, by the case system's number."""

    in_need: frozenset[str]
    planned: frozenset[str]
    in_care: frozenset[str]
    waiting: frozenset[str]
    conferred: frozenset[str]


def _ago(night: date, days: int) -> str:
    return f"{night - timedelta(days=days)}"


def _open_case(row: Row, night: date) -> bool:
    is_open = not row["cine_close_date"] and row["cine_referral_nfa"] == "N"
    return is_open and row["cine_referral_date"] < _ago(night, 90)


def _waiting(row: Row, known: Children, night: date) -> bool:
    return row["perm_person_id"] in known.waiting and row["perm_adm_decision_date"] < _ago(night, 30)


ANNEX = (
    AnnexDefect(
        "AA-06", "ssd_involvements", "invo_involvement_end_date",
        lambda row, known, night: not row["invo_involvement_end_date"] and row["invo_person_id"] in known.in_need
        and row["invo_involvement_start_date"] < _ago(night, 20),
        lambda row, night: _ago(night, 10),
    ),
    AnnexDefect(
        "AA-07", "ssd_early_help_episodes", "earl_episode_end_date",
        lambda row, known, night: _ago(night, 150) < row["earl_episode_start_date"] < _ago(night, 10),
        lambda row, night: f"{date.fromisoformat(row['earl_episode_start_date']) - timedelta(days=1)}",
    ),
    AnnexDefect(
        "AA-10", "ssd_cin_episodes", "cine_close_date",
        lambda row, known, night: _open_case(row, night) and row["cine_person_id"] in known.planned - known.in_care,
        lambda row, night: _ago(night, 10),
    ),
    AnnexDefect(
        "AA-11", "ssd_cin_episodes", "cine_referral_nfa",
        lambda row, known, night: _open_case(row, night) and row["cine_person_id"] in known.planned - known.in_care,
        lambda row, night: "Y",
    ),
    AnnexDefect(
        "AA-12", "ssd_cin_episodes", "cine_close_date",
        lambda row, known, night: _open_case(row, night)
        and row["cine_person_id"] in known.in_care - known.waiting - known.planned,
        lambda row, night: _ago(night, 10),
    ),
    AnnexDefect(
        "AA-15", "ssd_cin_episodes", "cine_close_reason",
        lambda row, known, night: row["cine_close_date"] > _ago(night, 150) and row["cine_referral_nfa"] == "N"
        and row["cine_person_id"] not in known.in_need,
        lambda row, night: "",
    ),
    AnnexDefect(
        "AA-17", "ssd_s47_enquiry", "s47e_s47_nfa",
        lambda row, known, night: row["s47e_s47_enquiry_id"] in known.conferred and row["s47e_s47_nfa"] == "N"
        and _ago(night, 150) < row["s47e_s47_end_date"] < _ago(night, 20),
        lambda row, night: "Y",
    ),
    AnnexDefect(
        "AA-26", "ssd_care_leavers", "clea_care_leaver_eligibility",
        lambda row, known, night: row["clea_care_leaver_eligibility"] == "Former Relevant"
        and _ago(night, 3 * 365) < row["clea_care_leaver_latest_contact"],
        lambda row, night: "Eligible",
    ),
    AnnexDefect(
        "AA-27", "ssd_care_leavers", "clea_care_leaver_eligibility",
        lambda row, known, night: row["clea_care_leaver_eligibility"] == "Former Relevant"
        and _ago(night, 3 * 365) < row["clea_care_leaver_latest_contact"],
        lambda row, night: "Relevant",
    ),
    AnnexDefect(
        "AA-31", "ssd_permanence", "perm_permanence_order_date",
        _waiting,
        lambda row, night: _ago(night, 20),
    ),
    AnnexDefect(
        "AA-32", "ssd_permanence", "perm_adm_decision_date",
        _waiting,
        lambda row, night: "",
    ),
    AnnexDefect(
        "AA-36", "ssd_permanence", "perm_decision_reversed_date",
        _waiting,
        lambda row, night: _ago(night, 20),
    ),
)  # fmt: skip
ANNEX_TABLES = (
    "ssd_involvements", "ssd_early_help_episodes", "ssd_cin_episodes", "ssd_s47_enquiry", "ssd_care_leavers",
    "ssd_permanence", "ssd_cp_plans", "ssd_cla_episodes", "ssd_legal_status", "ssd_initial_cp_conference",
)  # fmt: skip


def annex_defects(tables: Mapping[str, Columns], night: date, seed: int) -> list[tuple[AnnexDefect, int, str]]:
    """Where a night's defects of Annex A stand: each with its row, counted from 0, and its value; no two of one child.

    Args:
        tables: the columns of ANNEX_TABLES as the night has them.
        night: the inspection date too.
        seed: the same seed chooses the same children.
    """
    rows = {name: [dict(zip(columns, one, strict=True)) for one in zip(*columns.values(), strict=True)]
            for name, columns in tables.items()}  # fmt: skip
    breaks = {row["lega_person_id"] for row in rows["ssd_legal_status"] if row["lega_legal_status"] in ("V3", "V4")}
    known = Children(
        in_need=_persons(rows["ssd_cin_episodes"], "cine_person_id", "cine_close_date"),
        planned=_persons(rows["ssd_cp_plans"], "cppl_person_id", "cppl_cp_plan_end_date", ("cppl_cp_plan_ola", "N")),
        in_care=_persons(rows["ssd_cla_episodes"], "clae_person_id", "clae_cla_episode_ceased_date") - breaks,
        waiting=frozenset(
            row["perm_person_id"]
            for row in rows["ssd_permanence"]
            if row["perm_placed_for_adoption_date"]
            and not (row["perm_permanence_order_date"] or row["perm_decision_reversed_date"])
        ),
        conferred=frozenset(
            row["icpc_s47_enquiry_id"]
            for row in rows["ssd_initial_cp_conference"]
            if row["icpc_icpc_transfer_in"] == "N"
        ),
    )
    taken: set[str] = set()
    found = []
    for defect in ANNEX:
        table = rows[defect.table]
        person = next(column for column in table[0] if column.endswith("_person_id"))
        children = [row[person] for row in table]
        several = Counter(children)
        for place in _chosen(children, f"{seed}/{defect.rule}", night, len(children)):
            row = table[place]
            alone = defect.table != "ssd_permanence" or several[row[person]] == 1
            if row[person] not in taken and alone and defect.fits(row, known, night):
                taken.add(row[person])
                found.append((defect, place, defect.value(row, night)))
                break
        else:
            raise ValueError(f"no child for the defect of {defect.rule}")
    return found


def _persons(rows: Sequence[Row], person: str, end: str, also: tuple[str, str] | None = None) -> frozenset[str]:
    """Who has a row without an end."""
    return frozenset(row[person] for row in rows if not row[end] and (also is None or row[also[0]] == also[1]))


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
