"""Ten indicators worked out a second time, in pandas and from the definitions alone, agree in each of 36 months.

Both read the same extract of a synthetic council: the defects that real extracts have, and many more of our own, so
that nulls, duplicates, broken links and dates in the wrong order stand in every table that is read. Nothing here uses
the product's SQL; where the definitions leave a point open, a comment says which reading is taken.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

import pandas as pd
import psycopg
import pytest
from psycopg.rows import dict_row

from councils import SHIPPED, at
from statutory import sample
from statutory.indicators import breakdown, results, values
from statutory.indicators.definition import indicators
from statutory.night import use_night
from statutory.paths import SQL
from statutory.quality.night import build as build_night
from statutory.sources import contract
from statutory.sources.extract import extract_source
from statutory.warehouse.load import load_source

NIGHT = date(2026, 3, 18)
DAY = pd.Timedelta(days=1)
LONDON = "Europe/London"
COVER_DAYS = 28
FULL_TIME_HOURS = 37
LOOKED_AFTER = {code.code for code in contract.code_lists()["ssda903.LS"]}
YES = {"y", "yes", "true", "t", "1"}
FAR = pd.Timestamp("2199-12-31").as_unit("s")
Members = dict[str, tuple[Fraction, Fraction]]  # of each key its part of the numerator and of the denominator


# The extract, and what is wrong with it.


def spoil(tables: dict[str, pd.DataFrame]) -> None:
    """Put what is seen in real records into a council's tables: every so many rows, so it stays the same each time."""

    def put(table: str, column: str, every: int, value: str | Callable[[str], str]) -> None:
        rows = tables[table].index[every // 2 :: every]
        old = tables[table].loc[rows, column]
        tables[table].loc[rows, column] = old.map(value) if callable(value) else value

    def moved(days: int) -> Callable[[str], str]:
        return lambda text: str((pd.Timestamp(text[:10]) + days * DAY).date()) + text[10:] if text else ""

    def again(table: str, every: int, **change: str | Callable[[str], str]) -> None:
        """Copy rows under a new key, with some columns changed."""
        copied = tables[table].iloc[every // 3 :: every].copy()
        key = contract.table(table).key[0]
        copied[key] += f"-{every}"
        for column, value in change.items():
            copied[column] = copied[column].map(value) if callable(value) else value
        tables[table] = pd.concat([tables[table], copied], ignore_index=True)

    put("ssd_contacts", "cont_contact_date", 23, "")
    put("ssd_contacts", "cont_contact_date", 31, lambda text: f"{text[:10]}T23:30:00Z" if text else "")
    again("ssd_contacts", 13)
    put("contact_decision", "decided_at", 11, "")
    put("contact_decision", "decided_at", 17, moved(-5))
    put("contact_decision", "decided_at", 7, moved(2))
    put("ssd_cin_episodes", "cine_referral_nfa", 17, "")
    put("ssd_cin_episodes", "cine_referral_nfa", 19, "true")
    put("ssd_cin_episodes", "cine_close_reason", 13, "RC8")
    put("ssd_cin_episodes", "cine_close_date", 9, "")
    again("ssd_cin_episodes", 21)
    again("ssd_cin_episodes", 8, cine_referral_date=moved(20))
    again("ssd_cin_episodes", 10, cine_referral_date=moved(365), cine_close_date="")
    again("ssd_cin_episodes", 12, cine_referral_date=moved(-364), cine_close_date="", cine_referral_nfa="Y")
    put("ssd_cin_episodes", "cine_referral_date", 41, "")
    put("ssd_cin_episodes", "cine_close_date", 37, moved(-900))
    again("ssd_cin_assessments", 6, cina_assessment_start_date=moved(15))
    again("ssd_cin_assessments", 11, cina_assessment_auth_date=moved(30))
    put("ssd_cin_assessments", "cina_referral_id", 37, "")
    put("ssd_cin_assessments", "cina_referral_id", 43, "NOWHERE")
    put("ssd_cin_assessments", "cina_assessment_start_date", 29, "")
    put("ssd_cin_assessments", "cina_assessment_auth_date", 19, moved(-200))
    put("ssd_cin_assessments", "cina_assessment_auth_date", 7, moved(20))
    put("ssd_cin_assessments", "cina_assessment_auth_date", 23, "")
    again("ssd_initial_cp_conference", 12)
    put("ssd_initial_cp_conference", "icpc_s47_enquiry_id", 5, "")
    put("ssd_initial_cp_conference", "icpc_s47_enquiry_id", 31, "NOWHERE")
    put("ssd_initial_cp_conference", "icpc_icpc_date", 13, "")
    put("ssd_initial_cp_conference", "icpc_icpc_date", 9, moved(-60))
    put("ssd_initial_cp_conference", "icpc_icpc_date", 8, moved(50))
    put("ssd_initial_cp_conference", "icpc_icpc_transfer_in", 11, "yes")
    put("ssd_initial_cp_conference", "icpc_icpc_transfer_in", 7, "")
    again("ssd_s47_enquiry", 9, s47e_s47_start_date=moved(6))
    put("ssd_s47_enquiry", "s47e_s47_start_date", 33, "")
    put("ssd_cp_plans", "cppl_cp_plan_end_date", 4, "")
    again("ssd_cp_plans", 6, cppl_cp_plan_start_date=moved(40))
    put("ssd_cp_plans", "cppl_cp_plan_ola", 9, "Y")
    put("ssd_cp_plans", "cppl_cp_plan_ola", 5, "")
    put("ssd_cp_plans", "cppl_cp_plan_start_date", 25, "")
    put("ssd_cp_visits", "cppv_person_id", 15, "")
    put("ssd_cp_visits", "cppv_cp_visit_seen", 7, "")
    put("ssd_cp_visits", "cppv_cp_visit_seen", 4, "true")
    put("ssd_cp_visits", "cppv_cp_visit_date", 16, moved(-9))
    put("ssd_person", "pers_expected_dob", 12, "2026-06-01")
    put("ssd_person", "pers_dob", 12, "")
    put("ssd_person", "pers_dob", 14, lambda text: f"2006{text[4:]}" if text else "")
    put("ssd_person", "pers_death_date", 20, "2024-07-01")
    put("ssd_cla_episodes", "clae_cla_episode_ceased_date", 5, "")
    put("ssd_cla_episodes", "clae_cla_episode_start_date", 40, "")
    again("ssd_cla_episodes", 7)
    put("ssd_legal_status", "lega_legal_status", 6, "V4")
    put("ssd_legal_status", "lega_legal_status_end_date", 9, "")
    again("ssd_legal_status", 11, lega_legal_status="V3")
    put("ssd_missing", "miss_missing_episode_type", 5, "Away")
    put("ssd_missing", "miss_missing_episode_type", 6, "missing")
    put("ssd_missing", "miss_missing_episode_end_date", 17, "")
    put("ssd_missing", "miss_missing_rhi_offered", 8, "NA")
    put("missing_report", "returned_at", 7, "")
    put("missing_report", "returned_at", 12, lambda text: text[:10])
    put("missing_report", "miss_table_id", 9, "")
    put("rhi_offer", "held_at", 9, moved(-2))
    put("rhi_offer", "held_at", 5, moved(2))
    put("rhi_offer", "held_at", 14, lambda text: text[:10])
    put("rhi_offer", "offered", 10, "NA")
    put("rhi_offer", "offered", 13, "")
    put("rhi_offer", "covers_later_episodes", 3, "true")
    again("rhi_offer", 11, held_at=moved(1))
    put("hr_contract", "fte", 24, "")
    put("hr_contract", "contract_type", 18, "casual")
    put("hr_contract", "contract_type", 22, "acting_up")
    again("hr_contract", 15, contract_type="acting_up", fte="0.500000")
    again("hr_contract", 16, fte="0.250000")
    put("hr_post", "csww_scope", 16, "false")
    put("hr_post", "valid_to", 27, "2025-01-01")
    put("hr_worker", "swe_number", 20, "")
    put("agency_assignment", "fte", 14, "")
    put("agency_assignment", "end_date", 6, "")
    put("agency_assignment", "agency_worker_id", 13, "")
    put("population", "pop_0_17", 2, "41777")
    numbers = tables["hr_worker"]["swe_number"]
    tables["agency_worker"].loc[3::6, "swe_number"] = numbers.iloc[: len(tables["agency_worker"].loc[3::6])].to_list()
    again("ssd_involvements", 9, invo_involvement_start_date=moved(12), invo_professional_id="P0007")
    put("ssd_involvements", "invo_professional_role_id", 26, "FSW")
    put("ssd_involvements", "invo_professional_id", 28, "P0009")
    put("ssd_involvements", "invo_involvement_end_date", 10, "")
    put("ssd_involvements", "invo_involvement_start_date", 35, "")


def dates(text: pd.Series) -> pd.Series:
    """The days of a column; of a moment with a zone the day in London, of what is no date nothing."""
    return moments(text).dt.tz_localize(None).dt.normalize()


def moments(text: pd.Series) -> pd.Series:
    """The moments of a column in London; of a date alone its first, of what is none nothing."""
    told = text.where(text.str.match(r"\d{4}-\d{2}-\d{2}($|[T ])"))
    with_zone = pd.to_datetime(told.where(told.str.len() > 10), utc=True, format="ISO8601", errors="coerce")
    alone = pd.to_datetime(told.where(told.str.len() == 10), format="%Y-%m-%d", errors="coerce")
    return with_zone.dt.tz_convert(LONDON).fillna(alone.dt.tz_localize(LONDON))


def yes(text: pd.Series) -> pd.Series:
    return text.str.lower().isin(YES)


def shipped(name: str) -> pd.DataFrame:
    return pd.read_csv(SQL / "ref" / f"{name}.csv", dtype=str, keep_default_na=False)


@dataclass(frozen=True, eq=False)
class Council:
    """The rows of an extract as text."""

    tables: dict[str, pd.DataFrame]
    read: dict[tuple[Any, ...], pd.DataFrame] = field(default_factory=dict)

    def of(self, table: str, **columns: str) -> pd.DataFrame:
        """Some columns of a table, under other names; those that end in _date or _at are read as days and moments."""
        asked = (table, *columns.items())
        if asked not in self.read:
            frame = self.tables[table][list(columns.values())].set_axis(list(columns), axis=1).copy()
            for name in columns:
                if name.endswith("_date"):
                    frame[name] = dates(frame[name])
                if name.endswith("_at"):
                    frame[f"{name}_is_date"] = frame[name].str.len() == len("2026-01-01")
                    frame[name] = moments(frame[name])
            self.read[asked] = frame
        return self.read[asked].copy()


# Conventions.


class Calendar:
    """Working days (K01 to K03)."""

    @cached_property
    def number(self) -> dict[pd.Timestamp, int]:
        rows = shipped("calendar_day")
        return dict(zip(pd.to_datetime(rows["day"]), (rows["is_working_day"] == "true").cumsum(), strict=True))

    @cached_property
    def working(self) -> list[pd.Timestamp]:
        return [day for day in self.number if self.number[day] > self.number.get(day - DAY, 0)]

    def elapsed(self, start: pd.Timestamp, stop: pd.Timestamp) -> int:
        return self.number[stop] - self.number[start]

    def after(self, start: pd.Timestamp, count: int) -> pd.Timestamp:
        return self.working[self.number[start] + count - 1]


CALENDAR = Calendar()


@dataclass(frozen=True)
class Period:
    """The first and last day (K09); the last is also the as-at date, as no point lies after the night."""

    first: pd.Timestamp
    last: pd.Timestamp

    @classmethod
    def of(cls, kind: str, last: date) -> "Period":
        end = pd.Timestamp(last)
        back = pd.DateOffset
        return cls(
            {
                "snapshot": end,
                "month": end.replace(day=1),
                "six_months": end - back(months=6),
                "year": end - back(years=1) + DAY,
            }[kind],
            end,
        )

    def __contains__(self, day: pd.Timestamp) -> bool:
        return self.first <= day <= self.last


def is_open(start: pd.Series, end: pd.Series, day: pd.Timestamp, *, to_last_day: bool = False) -> pd.Series:
    """Open at the end of a day (K08); by the last day worked where the field holds that."""
    return (start <= day) & (end.isna() | ((end >= day) if to_last_day else (end > day)))


@cache
def ends(council: Council) -> pd.DataFrame:
    """Of each child the day of death, the day from which nobody is a child any more, and that of an adoption."""
    people = council.of("ssd_person", child="pers_person_id", birth_date="pers_dob", died_date="pers_death_date")
    grown = people["birth_date"] + pd.DateOffset(years=18)
    people["left_date"] = pd.concat([people["died_date"], grown], axis=1).min(axis=1)
    out = council.of(
        "ssd_cla_episodes", child="clae_person_id", end_date="clae_cla_episode_ceased_date",
        why="clae_cla_episode_ceased_reason",
    )  # fmt: skip
    adopted = out[out["why"].isin(["E11", "E12"])].groupby("child")["end_date"].max()
    return people.set_index("child").assign(adopted_date=adopted)[["died_date", "left_date", "adopted_date"]]


def ended(rows: pd.DataFrame, council: Council, *, by: str) -> pd.Series:
    """The end of each row, at the latest with the death or what else ends it, and with an adoption after its start."""
    end = rows["child"].map(ends(council)[by])
    end = end.where(~(end < rows["start_date"]), rows["start_date"])
    adopted = rows["child"].map(ends(council)["adopted_date"])
    adopted = adopted.where(adopted > rows["start_date"])
    return pd.concat([rows["end_date"], end, adopted], axis=1).min(axis=1)


def followed(rows: pd.DataFrame, by: list[str]) -> pd.Series:
    """The end of each row; where it has none, the first day after its own on which another one of its kind begins."""
    begun = rows[[*by, "start_date"]].drop_duplicates().sort_values("start_date")
    begun["next_date"] = begun.groupby(by)["start_date"].shift(-1)
    return rows["end_date"].fillna(
        rows.merge(begun, how="left", on=[*by, "start_date"])["next_date"].set_axis(rows.index)
    )


def clock(items: pd.DataFrame, limit: int, period: Period, view: str) -> Members:
    """A working-day clock from `start_date` to `stop_date` in a view (K06), bad dates left out (K17).

    What ended on its `end_date` before it was due, without its stop, had no more to be done.
    """
    members = {}
    for item in items[items["start_date"] <= period.last].itertuples():
        stop = item.stop_date if item.stop_date <= period.last else None
        due = CALENDAR.after(item.start_date, limit)
        if item.stop_date < item.start_date or item.died_date <= item.start_date:
            continue
        if item.end_date < due and not item.stop_date <= item.end_date:
            continue
        if view == "finished":
            is_member = stop is not None and stop in period
        else:
            is_member = due in period and (due < period.last or stop is not None)
        if is_member:
            members[item.key] = share(stop is not None and CALENDAR.elapsed(item.start_date, stop) <= limit)
    return members


def share(is_met: bool) -> tuple[Fraction, Fraction]:
    return Fraction(int(is_met)), Fraction(1)


# The indicators.


@cache
def contacts_decided(council: Council) -> pd.DataFrame:
    contacts = council.of(
        "ssd_contacts", key="cont_contact_id", child="cont_person_id", source="cont_contact_source_code",
        start_date="cont_contact_date",
    )  # fmt: skip
    decided = council.of("contact_decision", key="contact_id", stop_date="decided_at", recorded_at="source_updated_at")
    # Repeat contacts on one day for one child from one source are one, under the lowest id (D01); the decision is the
    # one recorded last.
    told = contacts.merge(decided, how="left", on="key").dropna(subset="start_date")
    told = told.sort_values(["recorded_at", "key"], na_position="first").groupby(["child", "source", "start_date"])
    found = told.agg(key=("key", "min"), stop_date=("stop_date", "last")).reset_index()
    return found.merge(ends(council), how="left", on="child").assign(end_date=lambda rows: rows["died_date"])


def t01(council: Council, period: Period, view: str) -> Members:
    """Contact decided within 1 working day."""
    return clock(contacts_decided(council), 1, period, view)


@cache
def first_assessments(council: Council) -> pd.DataFrame:
    made = council.of(
        "ssd_cin_assessments", key="cina_assessment_id", referral="cina_referral_id", own="cina_person_id",
        begun_date="cina_assessment_start_date", stop_date="cina_assessment_auth_date",
    )  # fmt: skip
    referred = council.of(
        "ssd_cin_episodes", referral="cine_referral_id", start_date="cine_referral_date", child="cine_person_id"
    )
    # Of two begun on one day, or on none that is recorded, the first is the one that was finished first.
    first = made.sort_values(["begun_date", "stop_date", "key"]).drop_duplicates("referral")
    first = first.merge(referred, on="referral").assign(end_date=pd.NaT)
    first["child"] = first["own"].where(first["own"] != "", first["child"])
    begun = first.assign(start_date=first["begun_date"].fillna(first["start_date"]))
    return first.merge(ends(council), how="left", on="child").assign(end_date=ended(begun, council, by="left_date"))


def t03(council: Council, period: Period, view: str) -> Members:
    """Assessment within 45 working days of referral: the first one on each."""
    return clock(first_assessments(council), 45, period, view)


def taken(council: Council, period: Period) -> list[int]:
    """Working days from start to authorisation of the assessments completed in the period, for T05."""
    made = council.of(
        "ssd_cin_assessments", key="cina_assessment_id", start_date="cina_assessment_start_date",
        stop_date="cina_assessment_auth_date", child="cina_person_id",
    ).assign(end_date=pd.NaT)  # fmt: skip
    made = made.merge(ends(council), how="left", on="child").assign(end_date=ended(made, council, by="left_date"))
    counted = clock(made, 45, period, "finished")
    return [CALENDAR.elapsed(row.start_date, row.stop_date) for row in made.itertuples() if row.key in counted]


def quantile(numbers: list[int], share_below: Fraction) -> Fraction:
    """Between two numbers by the way that is to go (the definitions say nothing of it)."""
    ranked = sorted(numbers)
    place = (len(ranked) - 1) * share_below
    low = ranked[math.floor(place)]
    return low + (place - math.floor(place)) * (ranked[math.ceil(place)] - low)


@cache
def conferences(council: Council) -> pd.DataFrame:
    held = council.of(
        "ssd_initial_cp_conference", key="icpc_icpc_id", enquiry="icpc_s47_enquiry_id", child="icpc_person_id",
        transfer="icpc_icpc_transfer_in", stop_date="icpc_icpc_date",
    )  # fmt: skip
    enquiries = council.of(
        "ssd_s47_enquiry", enquiry="s47e_s47_enquiry_id", child="s47e_person_id", start_date="s47e_s47_start_date"
    )
    held = held[~yes(held["transfer"])].sort_values("key")
    # One meeting on several forms is one event (K10), and names the enquiry that one of them names, the higher id
    # first; a conference not yet held has no day to be known by.
    one = held["stop_date"].astype(object).where(held["stop_date"].notna(), held["key"])
    named = held.assign(one=one, enquiry=held["enquiry"].where(held["enquiry"] != "")).groupby(["child", "one"])
    held = named.agg(key=("key", "min"), enquiry=("enquiry", "last"), stop_date=("stop_date", "first")).reset_index()
    held["enquiry"] = held["enquiry"].fillna("")
    held = held.merge(enquiries[["enquiry", "start_date"]], how="left", on="enquiry")
    linked = held["enquiry"].isin(enquiries["enquiry"])
    near = held[~linked].drop(columns="start_date").merge(enquiries[["child", "start_date"]], on="child")
    near = near[near["start_date"].between(near["stop_date"] - 60 * DAY, near["stop_date"])]
    near = near.sort_values("start_date").drop_duplicates("key", keep="last")
    found = pd.concat([held[linked], near])
    return found.merge(ends(council), how="left", on="child").assign(end_date=lambda rows: rows["died_date"])


def t11(council: Council, period: Period, view: str) -> Members:
    """Initial conference within 15 working days of the enquiry."""
    return clock(conferences(council), 15, period, view)


def t17(council: Council, period: Period, _: str) -> Members:
    """Protection plan visit in the last 10 working days."""
    day = period.last
    plans = council.of(
        "ssd_cp_plans", plan="cppl_cp_plan_id", child="cppl_person_id", start_date="cppl_cp_plan_start_date",
        end_date="cppl_cp_plan_end_date", other="cppl_cp_plan_ola",
    )  # fmt: skip
    visits = council.of(
        "ssd_cp_visits", plan="cppv_cp_plan_id", child="cppv_person_id", visit_date="cppv_cp_visit_date",
        seen="cppv_cp_visit_seen",
    )  # fmt: skip
    people = council.of("ssd_person", child="pers_person_id", birth_date="pers_dob", expected_date="pers_expected_dob")
    own = plans[~yes(plans["other"]) & plans["start_date"].notna() & ~(plans["end_date"] < plans["start_date"])]
    own = own.assign(end_date=followed(own, ["child"]))
    own = own.assign(end_date=ended(own, council, by="left_date"))
    own = own[~(own["child"].map(ends(council)["left_date"]) <= own["start_date"])]
    now = own[is_open(own["start_date"], own["end_date"], day)]
    # Since when somebody is on a plan without a break, whichever record it is in.
    on_plan = now.groupby("child")["start_date"].min()
    for child in on_plan.index:
        before = own[(own["child"] == child) & (own["end_date"] > own["start_date"])]
        while True:
            touching = (before["start_date"] < on_plan[child]) & (before["end_date"] >= on_plan[child])
            if not touching.any():
                break
            on_plan[child] = before[touching]["start_date"].min()
    on_plan = on_plan[on_plan.map(lambda start: CALENDAR.elapsed(start, day) >= 10).astype(bool)]
    visits["child"] = visits["child"].where(visits["child"] != "", visits["plan"].map(plans.set_index("plan")["child"]))
    visits = visits.merge(people, how="left", on="child")
    unborn = visits["birth_date"].isna() & visits["expected_date"].notna()
    unborn |= visits["birth_date"] > visits["visit_date"]
    made = visits[(yes(visits["seen"]) | unborn) & (visits["visit_date"] <= day)]
    made = made[made["visit_date"] >= made["child"].map(on_plan)]
    last = made.groupby("child")["visit_date"].max()
    return {child: share(child in last and CALENDAR.elapsed(last[child], day) <= 10) for child in on_plan.index}


@dataclass(frozen=True)
class Return:
    """A child's return from a missing episode, and the interview after it; by dates where a time is not known (K05)."""

    episode: str
    back: pd.Timestamp
    held: pd.Timestamp | None
    is_by_date: bool


@cache
def episodes(council: Council) -> pd.DataFrame:
    """Missing episodes of the case system, and reports that are of none, with the child's return."""
    gone = council.of(
        "ssd_missing", episode="miss_table_id", child="miss_person_id", kind="miss_missing_episode_type",
        begun_date="miss_missing_episode_start_date", end_date="miss_missing_episode_end_date",
        flag="miss_missing_rhi_offered",
    )  # fmt: skip
    reports = council.of(
        "missing_report", report="report_id", child="person_id", episode="miss_table_id", returned_at="returned_at",
        begun_at="missing_start_at",
    )  # fmt: skip
    known = reports["episode"].isin(gone["episode"])
    last = reports[known].sort_values("returned_at").drop_duplicates("episode", keep="last")
    gone = gone.merge(last.drop(columns="child"), how="left", on="episode")
    alone = reports[~known].assign(episode=reports["report"], kind="M", flag="")
    found = pd.concat([gone, alone.astype({"report": object})], ignore_index=True)
    found["is_by_date"] = found["returned_at"].isna() | (found["returned_at_is_date"] == True)  # noqa: E712
    found["back"] = found["returned_at"].fillna(pd.to_datetime(found["end_date"]).dt.tz_localize(LONDON))
    begun = pd.to_datetime(found["begun_date"]).dt.tz_localize(LONDON)
    found["begun"] = found["begun_at"].fillna(begun).dt.normalize()
    # Missing, not away; a child, and alive.
    people = council.of("ssd_person", child="pers_person_id", birth_date="pers_dob", death_date="pers_death_date")
    found = found.merge(people, how="left", on="child")
    returned = found["back"].dt.tz_localize(None).dt.normalize()
    is_child = ~(found["birth_date"] + pd.DateOffset(years=18) <= returned) & ~(found["death_date"] <= returned)
    return found[found["back"].notna() & ~found["kind"].str.lower().isin(["a", "away"]) & is_child]


@cache
def returns(council: Council) -> list[Return]:
    """The returns to which an interview applies, the interview not dated before them."""
    offers = council.of(
        "rhi_offer", episode="miss_table_id", report="report_id", child="person_id", offered="offered",
        held_at="held_at", covers="covers_later_episodes",
    )  # fmt: skip
    all_episodes = episodes(council)
    # An offer is of its episode, or else of its report.
    offers["episode"] = offers["episode"].where(offers["episode"] != "", offers["report"])
    back_of = all_episodes.set_index("episode")["back"]
    offers["earlier_day"] = offers["episode"].map(back_of).dt.normalize()
    found = []
    for gone in all_episodes.itertuples():
        own = offers[offers["episode"] == gone.episode]
        # The offer's own word goes before that of the case system.
        said = [offered for offered in own["offered"] if offered] or [gone.flag]
        if said[0].upper() == "NA":
            continue
        held = own["held_at"].dropna()
        if held.empty:
            # One interview can serve a later episode too, which began when the earlier one was over.
            served = offers[(offers["child"] == gone.child) & yes(offers["covers"]) & (offers["held_at"] >= gone.back)]
            held = served[served["earlier_day"] <= gone.begun]["held_at"]
        after = held[(held.dt.normalize() >= gone.back.normalize()) if gone.is_by_date else (held >= gone.back)]
        if len(held) and after.empty:
            continue  # bad data
        first = after.min() if len(after) else None
        is_date = first is not None and offers["held_at_is_date"][after.idxmin()]
        found.append(Return(gone.episode, gone.back, first, gone.is_by_date or is_date))
    return found


def t40(council: Council, period: Period, _: str) -> Members:
    """Return home interview within 72 hours, of all returns."""
    end = period.last.tz_localize(LONDON) + pd.DateOffset(days=1)
    members = {}
    for one in returns(council):
        held = one.held if one.held is not None and one.held < end else None
        if one.is_by_date:
            due = one.back.normalize() + pd.DateOffset(days=3)
            # The third day is over, or it is that day and nothing is open any more (K06).
            is_over = due.tz_localize(None) < period.last or (due.tz_localize(None) == period.last and held is not None)
            is_met = held is not None and held.normalize() <= due
        else:
            is_over = one.back + pd.Timedelta(hours=72) < end
            is_met = held is not None and held - one.back <= pd.Timedelta(hours=72)
        if one.back.tz_localize(None).normalize() in period and is_over:
            members[one.episode] = share(is_met)
    return members


@cache
def episodes_of_need(council: Council) -> pd.DataFrame:
    """Referrals: of one day the lowest id, open while one record is, no further action where all records say so."""
    rows = council.of(
        "ssd_cin_episodes", referral="cine_referral_id", child="cine_person_id", start_date="cine_referral_date",
        end_date="cine_close_date", nfa="cine_referral_nfa", reason="cine_close_reason",
    )  # fmt: skip
    rows = rows.assign(is_nfa=yes(rows["nfa"])).dropna(subset="start_date")
    events = []
    for (child, day), records in rows.groupby(["child", "start_date"]):
        is_open = records["end_date"].isna().any()
        told = records[records["reason"] != ""].sort_values(["end_date", "referral"])["reason"]
        events.append(
            {
                "referral": records["referral"].min(), "child": child, "start_date": day,
                "end_date": pd.NaT if is_open else records["end_date"].max(), "is_nfa": records["is_nfa"].all(),
                "reason": "" if told.empty else told.iloc[-1],
            }
        )  # fmt: skip
    found = pd.DataFrame(events)
    return found.assign(end_date=ended(found, council, by="died_date"))


@cache
def referrals(council: Council) -> list[tuple[str, pd.Timestamp, bool]]:
    """Each referral, none while another is open; whether one came in the year before."""
    found = []
    rows = episodes_of_need(council)
    for _, own in rows.sort_values("start_date").groupby("child"):
        real: list[pd.Timestamp] = []
        for row in own.itertuples():
            before = own[(own["start_date"] < row.start_date) & ~own["is_nfa"]]
            if is_open(before["start_date"], before["end_date"], row.start_date).any():
                continue
            year_before = row.start_date - pd.DateOffset(years=1)
            found.append((row.referral, row.start_date, any(earlier > year_before for earlier in real)))
            real.append(row.start_date)
    return found


def d05(council: Council, period: Period, _: str) -> Members:
    """Re-referrals within 12 months."""
    return {key: share(comes_back) for key, day, comes_back in referrals(council) if day in period}


def population(council: Council, day: pd.Timestamp) -> Fraction:
    """Children of the council by the estimate of the year before the one that ends on 31 March (K13)."""
    rows = council.tables["population"]
    own = rows[rows["area_code"] == "990"].set_index("mid_year")["pop_0_17"]
    return Fraction(own[str(day.year if day.month > 3 else day.year - 1)])


def d11(council: Council, period: Period, _: str) -> Members:
    """Children in need at a date."""
    rows = episodes_of_need(council)
    needless = (rows["reason"] == "RC8") & rows["end_date"].notna()
    needless |= (rows["reason"] == "RC9") & (rows["end_date"] >= "2022-04-01")
    now = rows[is_open(rows["start_date"], rows["end_date"], period.last) & ~rows["is_nfa"] & ~needless]
    return {child: share(True) for child in now["child"]}


@cache
def care_episodes(council: Council) -> pd.DataFrame:
    rows = council.of(
        "ssd_cla_episodes", key="clae_cla_episode_id", child="clae_person_id", reason="clae_cla_episode_start_reason",
        start_date="clae_cla_episode_start_date", end_date="clae_cla_episode_ceased_date",
        entered_date="clae_entered_care_date",
    )  # fmt: skip
    rows = rows.dropna(subset="start_date").sort_values(["child", "start_date", "key"])
    rows = rows[~(rows["end_date"] < rows["start_date"])].replace({"reason": {"": None}})
    # Several records of one day are one, open while one of them is; one left open ends where the next begins.
    rows = rows.assign(end_date=rows["end_date"].fillna(FAR)).groupby(["child", "start_date"], as_index=False)
    rows = rows.agg(
        key=("key", "max"),
        reason=("reason", "last"),
        end_date=("end_date", "max"),
        entered_date=("entered_date", "min"),
    )
    rows = rows.fillna({"reason": ""})
    rows["end_date"] = rows["end_date"].where(rows["end_date"] < FAR)
    # An episode that goes on from one which the extract lacks says when the child came in.
    before = rows.groupby("child")["end_date"].shift()
    goes_on = ~rows["reason"].isin(["", "S"]) & (rows["entered_date"] < rows["start_date"])
    goes_on &= before.isna() | (before <= rows["entered_date"])
    rows = rows.assign(end_date=followed(rows, ["child"]))
    rows = rows.assign(end_date=ended(rows, council, by="left_date"))
    rows = rows[~(rows["child"].map(ends(council)["left_date"]) <= rows["start_date"])]
    return rows.assign(start_date=rows["start_date"].where(~goes_on, rows["entered_date"]))


def in_care(council: Council, day: pd.Timestamp) -> set[str]:
    """Children in care at the end of a day: own, under 18, and not in short breaks alone."""
    spells = care_episodes(council)
    statuses = council.of(
        "ssd_legal_status", key="lega_legal_status_id", child="lega_person_id", status="lega_legal_status",
        start_date="lega_legal_status_start_date", end_date="lega_legal_status_end_date",
    )  # fmt: skip
    statuses = statuses[statuses["start_date"].notna() & ~(statuses["end_date"] <= statuses["start_date"])]
    statuses = statuses.assign(kind=statuses["status"].isin(LOOKED_AFTER))
    statuses = statuses.assign(end_date=followed(statuses, ["child", "kind"]))
    now = spells[is_open(spells["start_date"], spells["end_date"], day)]
    held = statuses[is_open(statuses["start_date"], statuses["end_date"], day)]
    # Of two that make a child looked after, the later start says which it is (P29), and of one day's the fuller one.
    held = held[held["status"].isin(LOOKED_AFTER)].assign(is_full=~held["status"].isin(["V3", "V4"]))
    held = held.sort_values(["start_date", "is_full", "key"]).drop_duplicates("child", keep="last")
    breaks = held[~held["is_full"]]["child"]
    return set(now["child"]) - set(breaks)


@cache
def care_runs(council: Council) -> dict[str, list[tuple[pd.Timestamp, pd.Timestamp]]]:
    """The unbroken runs of days in care of each child: first day, first day out."""
    status = "lega_legal_status"
    statuses = council.of("ssd_legal_status", start_date=f"{status}_start_date", end_date=f"{status}_end_date")
    days = pd.concat(
        [
            *(ends(council)[name] for name in ("left_date", "adopted_date")),
            *(rows[at] for rows in (care_episodes(council), statuses) for at in ("start_date", "end_date")),
        ]
    )
    runs: dict[str, list[tuple[pd.Timestamp, pd.Timestamp]]] = {}
    entered: dict[str, pd.Timestamp] = {}
    for day in sorted(day for day in set(days.dropna()) if day <= pd.Timestamp(NIGHT)):
        now = in_care(council, day)
        for child in now - entered.keys():
            entered[child] = day
        for child in entered.keys() - now:
            runs.setdefault(child, []).append((entered.pop(child), day))
    for child, first in entered.items():
        runs.setdefault(child, []).append((first, pd.Timestamp.max))
    return runs


def d28(council: Council, period: Period, _: str) -> Members:
    """Children in care at a date."""
    return {child: share(True) for child in in_care(council, period.last)}


def w06(council: Council, period: Period, _: str) -> Members:
    """Agency worker rate, full-time equivalents."""
    day = period.last
    contracts = council.of(
        "hr_contract", worker="worker_id", post="post_id", start_date="start_date", end_date="end_date",
        kind="contract_type", fte="fte",
    )  # fmt: skip
    posts = council.of("hr_post", post="post_id", start_date="valid_from", end_date="valid_to", scope="csww_scope")
    workers = council.of("hr_worker", worker="worker_id", number="swe_number")
    booked = council.of(
        "agency_assignment", key="assignment_id", worker="agency_worker_id", start_date="start_date",
        end_date="end_date", fte="fte", hours="weekly_hours",
    )  # fmt: skip
    agency = council.of("agency_worker", worker="agency_worker_id", number="swe_number")
    scope = posts[is_open(posts["start_date"], posts["end_date"], day) & yes(posts["scope"])]["post"]
    held = contracts[is_open(contracts["start_date"], contracts["end_date"], day, to_last_day=True)]
    held = held.assign(fte=held["fte"].map(lambda fte: Fraction(fte or "0")))
    held = held[(held["kind"] != "casual") | (held["fte"] > 0)]
    # Acting up is counted once, in the acting post.
    acting = set(held[held["kind"] == "acting_up"]["worker"])
    held = held[(held["kind"] == "acting_up") | ~held["worker"].isin(acting)]
    # A contract wins over an assignment (K19), in whatever post: who is employed is no agency worker.
    numbers = set(workers[workers["worker"].isin(held["worker"])]["number"]) - {""}
    held = held[held["post"].isin(scope)]
    now = booked[is_open(booked["start_date"], booked["end_date"], day, to_last_day=True)]
    now = now[~now["worker"].isin(agency[agency["number"].isin(numbers)]["worker"])]
    booked_fte, employed_fte = Counter[str](), Counter[str]()
    for row in now.itertuples():
        fte = Fraction(row.fte) if row.fte else min(Fraction(row.hours or "0") / FULL_TIME_HOURS, Fraction(1))
        booked_fte[row.worker or row.key] += fte
    for row in held[held["fte"] > 0].itertuples():
        employed_fte[row.worker] += row.fte
    return {key: (fte, fte) for key, fte in booked_fte.items()} | {
        key: (Fraction(0), fte) for key, fte in employed_fte.items()
    }


@cache
def changes(council: Council, period: Period) -> dict[str, int]:
    """Of each child in care through the whole period, how often the allocated social worker changed."""
    roles = shipped("allocated_role")
    roles = roles[(roles["role_kind"] == "social_worker") & yes(roles["named_person"])]["role_code"]
    rows = council.of(
        "ssd_involvements", involvement="invo_involvements_id", worker="invo_professional_id",
        role="invo_professional_role_id", child="invo_person_id", start_date="invo_involvement_start_date",
        end_date="invo_involvement_end_date",
    )  # fmt: skip
    rows = rows[rows["role"].str.upper().isin(roles) & (rows["worker"] != "")].dropna(subset="start_date")
    found = {}
    for child, runs in care_runs(council).items():
        begun = [first for first, end in runs if first <= period.first and end > period.last]
        if not begun:
            continue
        held = []
        own = rows[rows["child"] == child].sort_values(["start_date", "involvement"])
        days = {*own["start_date"], *own["end_date"].dropna(), begun[0]}
        # Whether who came to cover went again is known by the night, so cover that outlasts the period is cover.
        for day in sorted(day for day in days if begun[0] <= day <= pd.Timestamp(NIGHT)):
            # Of two open involvements the later start, then the higher id.
            now = own[is_open(own["start_date"], own["end_date"], day)]
            worker = now.iloc[-1]["worker"] if len(now) else None
            if held:
                held[-1][2] = held[-1][2] or day  # the last day worked, at whose end it is open no more
            if worker is not None:
                held.append([worker, day, None])
        found[child] = changed(held, period)
    return found


def changed(held: list[list[Any]], period: Period) -> int:
    """How often the worker changed in the period; cover under 28 days with a return is none (K08: last day worked)."""
    joined: list[list[Any]] = []
    for worker, first, last in held:
        if joined and joined[-1][0] == worker:
            joined[-1][2] = last
        else:
            joined.append([worker, first, last])
    short = [
        0 < n < len(joined) - 1 and joined[n - 1][0] == joined[n + 1][0] and (last - first).days + 1 < COVER_DAYS
        for n, (_, first, last) in enumerate(joined)
    ]
    kept = [one for one, is_cover in zip(joined, short, strict=True) if not is_cover]
    return sum(before[0] != after[0] and after[1] in period for before, after in pairwise(kept))


def c01(council: Council, period: Period, _: str) -> Members:
    """Changes of social worker in 12 months: the share is of the children with two or more, which nothing else says."""
    return {child: share(count >= 2) for child, count in changes(council, period).items()}


SECOND: dict[str, tuple[str, tuple[str, ...], Callable[[Council, Period, str], Members]]] = {
    "T01": ("month", ("finished", "due"), t01),
    "T03": ("six_months", ("finished", "due"), t03),
    "T11": ("six_months", ("finished", "due"), t11),
    "T17": ("snapshot", ("members",), t17),
    "T40": ("six_months", ("started",), t40),
    "D05": ("year", ("members",), d05),
    "D11": ("snapshot", ("members",), d11),
    "D28": ("snapshot", ("members",), d28),
    "W06": ("snapshot", ("members",), w06),
    "C01": ("year", ("members",), c01),
}


@pytest.fixture(scope="module")
def council(tmp_path_factory, server, migrated) -> Iterator[tuple[psycopg.Connection, Council]]:
    """A night of the spoiled council, loaded and built in a transaction that is rolled back, and its rows as text."""
    folder = tmp_path_factory.mktemp("second")
    sample.write(folder, children=500, nights=1, until=NIGHT, seed=7)
    files = {path.stem: path for path in (folder / str(NIGHT)).glob("*/*.csv")}
    tables = {name: pd.read_csv(path, dtype=str, keep_default_na=False) for name, path in files.items()}
    spoil(tables)
    for name, path in files.items():
        tables[name].to_csv(path, index=False)
    with psycopg.connect(server.url()) as connection:
        connection.execute("set time zone 'Europe/London'")
        ((run,),) = connection.execute(
            "insert into ops.run (dag_run_id, night) values ('second', %s) returning run_id", (NIGHT,)
        )
        for source in contract.SOURCES:
            load_source(at(connection, NIGHT), source, extract_source(at(connection, NIGHT), source, folder, run))
        build_night(at(connection, NIGHT))
        use_night(at(connection, NIGHT))
        yield connection, Council(tables)
        connection.rollback()


def points(name: str) -> list[values.Point]:
    return [values.point(indicators(SHIPPED)[name].periods[0], day, NIGHT) for day in values.month_ends(NIGHT)]


def told(connection: psycopg.Connection, name: str) -> list[dict[str, Any]]:
    """What the product gives of an indicator's first kind of period for 36 months."""
    return values.values(connection, [indicators(SHIPPED)[name]], points(name))


@cache
def worked_out(council: Council, name: str, day: date, view: str) -> Members:
    kind, _, second = SECOND[name]
    return second(council, Period.of(kind, day), view)


def is_near(given: Decimal | None, exact: Fraction | None) -> bool:
    """A division is written out with so many places, everything else exactly."""
    if given is None or exact is None:
        return given is exact
    return abs(Fraction(given) - exact) < Fraction(1, 10**12)


@pytest.mark.parametrize("name", SECOND)
def test_the_product_and_the_second_computation_agree_every_month(council, name):
    connection, rows = council
    kind, views, _ = SECOND[name]
    assert indicators(SHIPPED)[name].periods[0] == kind
    checked = set()
    for row in told(connection, name):
        if row["figure"] not in ("percent", "count", "rate"):
            continue
        members = worked_out(rows, name, row["period_end"], row["view"]).values()
        numerator = sum((part for part, _ in members), Fraction(0))
        denominator = sum((part for _, part in members), Fraction(0))
        value = 100 * numerator / denominator if denominator else None
        if "rate" in indicators(SHIPPED)[name].main_figures:
            people = population(rows, pd.Timestamp(row["period_end"]))
            denominator, value = people, 10_000 * numerator / people
        if row["figure"] == "count":
            denominator, value = Fraction(0), numerator  # a count is of nothing
        where = (name, row["view"], row["period_end"], row["figure"])
        assert (*where, Fraction(row["numerator"] or 0)) == (*where, numerator)
        assert (*where, Fraction(row["denominator"] or 0)) == (*where, denominator)
        assert is_near(row["value"], value), where
        checked.add((row["view"], row["period_end"]))
    assert checked == {(view, day) for view in views for day in values.month_ends(NIGHT)}


@pytest.mark.parametrize("name", SECOND)
def test_the_members_are_the_same_records(council, name):
    connection, rows = council
    _, views, _ = SECOND[name]
    indicator = indicators(SHIPPED)[name]
    for view in views:
        values.fill_period(connection, points(name))
        values.select_members(connection, indicator, view)
        found = connection.execute("select period_end, member_key, numerator::numeric from pg_temp.member").fetchall()
        for day in values.month_ends(NIGHT):
            theirs = {key: Fraction(numerator or 0) for period_end, key, numerator in found if period_end == day}
            ours = {key: part for key, (part, _) in worked_out(rows, name, day, view).items()}
            assert (name, view, day, sorted(theirs.items() ^ ours.items())) == (name, view, day, [])


BANDS = {  # of T05, by their first and last working day
    "same day": (0, 0), "1 to 10": (1, 10), "11 to 20": (11, 20), "21 to 30": (21, 30), "31 to 40": (31, 40),
    "41 to 45": (41, 45), "46 to 50": (46, 50), "51 to 60": (51, 60), "61 or more": (61, 10_000),
}  # fmt: skip


def test_the_length_of_assessments_agrees_in_bands_and_quartiles_every_month(council):
    connection, rows = council
    given = told(connection, "T05")
    for day in values.month_ends(NIGHT):
        days = taken(rows, Period.of("year", day))
        ours = {name: Fraction(sum(low <= n <= high for n in days)) for name, (low, high) in BANDS.items()}
        ours |= {
            "percent": Fraction(100 * sum(n <= 45 for n in days), len(days)),
            "lower_quartile": quantile(days, Fraction(1, 4)),
            "median": quantile(days, Fraction(1, 2)),
            "upper_quartile": quantile(days, Fraction(3, 4)),
        }
        theirs = {row["figure"]: row["value"] for row in given if row["period_end"] == day}
        assert theirs.keys() == ours.keys()
        assert all(is_near(theirs[name], ours[name]) for name in ours), day


def test_the_number_of_changes_agrees_every_month(council):
    connection, rows = council
    given = told(connection, "C01")
    for day in values.month_ends(NIGHT):
        counts = Counter(min(count, 3) for count in changes(rows, Period.of("year", day)).values())
        bands = ("no change", "1 change", "2 changes", "3 or more changes")
        theirs = {row["figure"]: row["value"] for row in given if row["period_end"] == day}
        assert [theirs[band] for band in bands] == [counts[number] for number in range(4)], day


# What must hold whatever the figures are.


@pytest.mark.parametrize("name", ["D11", "D28", "T03"])
def test_the_parts_of_every_breakdown_add_up_to_the_whole(council, name):
    connection, _ = council
    indicator = indicators(SHIPPED)[name]
    values.fill_period(connection, points(name))
    breakdown.fill_child_state(connection)
    for view in indicator.views:
        values.select_members(connection, indicator, view)
        sums: dict[str, Counter[date]] = {}
        with connection.cursor(row_factory=dict_row) as cursor:
            for row in cursor.execute(values.figures(indicator, breakdown.of(indicator))):
                if row["figure"] == indicator.main_figures[0]:
                    sums.setdefault(row["breakdown"], Counter())[row["period_end"]] += row["numerator"] or 0
        whole = sums.pop(breakdown.WHOLE)
        assert len(whole) == 36
        assert sums == dict.fromkeys(breakdown.of(indicator), whole)


@pytest.fixture(scope="module")
def kept(council) -> psycopg.Connection:
    """The night with the results that are kept of it."""
    connection, _ = council
    results.keep(at(connection, NIGHT), indicators(SHIPPED).values())
    return connection


# Agency cover may be more than what is vacant.
MAY_PASS_100 = ["W12"]


def test_no_share_is_of_more_than_there_are(kept):
    shares = [
        name for name, one in indicators(SHIPPED).items() if "percent" in one.main_figures and name not in MAY_PASS_100
    ]
    over = kept.execute(
        """
        select distinct indicator_id, view, period_kind, period_end, breakdown, part, numerator, denominator
        from indicator_value
        where indicator_id = any(%s) and figure = 'percent' and numerator > denominator
        """,
        (shares,),
    ).fetchall()
    assert not over


def test_a_child_is_counted_once(kept):
    twice = kept.execute(
        "select indicator_id, member_key, denominator from indicator_member"
        " where member_key = child_id and denominator > 1 and indicator_id <> 'D50'"  # sessions at school
    ).fetchall()
    assert not twice


def test_every_member_is_a_record_of_the_night(kept, council):
    _, rows = council
    people = set(rows.tables["ssd_person"]["pers_person_id"])
    ids = {
        value
        for table in contract.tables().values()
        for column in table.columns
        if table.name in rows.tables and (column.name in table.key or column.name.endswith("_id"))
        for value in rows.tables[table.name][column.name]
    }
    members = kept.execute("select indicator_id, member_key, child_id, worker_id from indicator_member").fetchall()
    assert len(members) > 10_000
    # A visit to somebody whom the case system does not know is told as such by Q06 alone.
    strangers = {(name, child) for name, _, child, _ in members if child and child not in people}
    assert strangers <= {("Q06", "C-NOBODY")}
    assert not {worker for _, _, _, worker in members if worker} - ids
    assert not [(name, key) for name, key, child, _ in members if child and not ids & {key, *key.split("/")}]
