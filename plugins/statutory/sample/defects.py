"""The few defects that real extracts have, put into a night's rows and listed as the truth to test against.

A defect stands in the same row every night, until a turn of nights after which it counts as mended. Rows behind the
workforce figures are left alone.
"""

import zlib
from dataclasses import dataclass
from datetime import date

from statutory.sources.contract import Table

MENDED_AFTER = 40  # nights


@dataclass(frozen=True)
class Defect:
    """One defect: 1-based data row, key values joined by /, column, kind."""

    row: int
    key: str
    column: str
    kind: str


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


def _chosen(keys: list[str], salt: str, night: date, count: int) -> list[int]:
    """The rows with the lowest hash of their key in this turn of nights, so it stays the same for many nights."""
    turn = night.toordinal() // MENDED_AFTER
    hashes = (zlib.crc32(f"{salt}/{turn}/{key}".encode()) for key in keys)
    ranked = sorted((found, row) for row, found in enumerate(hashes))
    return [row for _, row in ranked[:count]]
