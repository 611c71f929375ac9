"""Strategy discussions, section 47 enquiries, conferences and child protection plans of one block."""

from typing import Any

import numpy as np

from statutory.sample import scrutiny
from statutory.sample.calendar import add_working_days
from statutory.sample.events import CARE, DAY, PROTECTED, better, days, number, of, repeated, yes
from statutory.sample.fill import Filler
from statutory.sample.timeline import Array


def write(filler: Filler, world: dict[str, Array]) -> None:
    """Make the tables of protection for the episodes that come to it."""
    rng = filler.rng
    some = of(
        world,
        np.flatnonzero(
            ((world["path"] == PROTECTED) | (world["path"] == CARE)) & (world["close"] - world["start"] > 60 * DAY)
        ),
    )
    count = len(some["child"])
    strategy = some["start"] + days(rng, 1, 10, count)
    put_off = rng.spawn(1)[0].random(count) > better(strategy, 0.7, 0.94)
    slow = rng.spawn(1)[0].random(count) > better(strategy, 0.6, 0.92)
    s47 = number("Q", filler.label, count)
    filler.table(
        "ssd_s47_enquiry",
        strategy,
        delay=1,
        s47e_s47_enquiry_id=s47,
        s47e_referral_id=some["referral"],
        s47e_person_id=some["child"],
        s47e_s47_start_date=strategy,
        s47e_s47_end_date=add_working_days(strategy, rng.integers(5, 15, count) + np.where(slow, 9, 0)),
        # Nothing came of an enquiry beside which the child moved in with another authority's plan.
        s47e_s47_nfa=np.where(np.arange(count) % 40 == 9, "Y", "N"),
        s47e_s47_outcome_json='{"OUTCOME_NFA": "N"}',
        s47e_s47_completed_by_worker_id=some["worker"],
        s47e_s47_completed_by_team=some["team"],
    )
    filler.table(
        "strategy_discussion",
        strategy,
        delay=1,
        discussion_id=number("SD", filler.label, count),
        person_id=some["child"],
        s47_enquiry_id=s47,
        held_at=strategy.astype("datetime64[m]") + 600,
        concern_received_at=strategy.astype("datetime64[m]") + 500 - np.where(put_off, 5 * 1440, 0),
        is_initial="true",
    )
    conference = add_working_days(strategy, np.clip(rng.normal(13, 3, count).astype(np.int64), 4, 25))
    icpc = number("IC", filler.label, count)
    plan = number("PP", filler.label, count)
    planned = (some["path"] == PROTECTED) & (rng.random(count) < 0.85)
    ends = some["close"] - 5 * DAY
    planned &= conference + 20 * DAY < ends
    filler.table(
        "ssd_cp_plans",
        conference[planned],
        cppl_cp_plan_id=plan[planned],
        cppl_referral_id=some["referral"][planned],
        cppl_icpc_id=icpc[planned],
        cppl_person_id=some["child"][planned],
        cppl_cp_plan_start_date=conference[planned],
        cppl_cp_plan_end_date=ends[planned],
        cppl_cp_plan_ola=np.where(np.arange(count)[planned] % 40 == 9, "Y", "N"),
        delay=0,
    )
    filler.table(
        "ssd_initial_cp_conference",
        conference,
        delay=0,
        icpc_icpc_id=icpc,
        icpc_icpc_meeting_id=icpc,
        icpc_s47_enquiry_id=s47,
        icpc_person_id=some["child"],
        icpc_cp_plan_id=np.where(planned, plan, ""),
        icpc_referral_id=some["referral"],
        icpc_icpc_transfer_in=np.where(np.arange(count) % 40 == 9, "Y", "N"),
        icpc_icpc_target_date=add_working_days(strategy, np.full(count, 15)),
        icpc_icpc_date=conference,
        icpc_icpc_outcome_cp_flag=np.where(planned, "Y", "N"),
        icpc_icpc_outcome_json='{"OUTCOME_CP_FLAG": "Y"}',
        icpc_icpc_team=some["team"],
        icpc_icpc_worker_id=some["worker"],
    )
    child, begins, ends, plan = some["child"][planned], conference[planned], ends[planned], plan[planned]
    _rounds(filler, child, plan, begins, ends)


def _rounds(filler: Filler, child: Array, plan: Array, begins: Array, ends: Array) -> None:
    rng = filler.rng
    index, day = repeated(rng.spawn(1)[0], begins, ends, 11, 7)
    given: dict[str, Any] = {
        "cppv_cp_visit_id": number("VP", filler.label, len(day)),
        "cppv_person_id": child[index],
        "cppv_cp_plan_id": plan[index],
        "cppv_cp_visit_date": day,
        "cppv_cp_visit_seen": yes(rng, day, 0.7, 0.96),
        "cppv_cp_visit_seen_alone": yes(rng, day, 0.5, 0.84),
    }
    filler.table("ssd_cp_visits", day, leaf=True, corrected=("cppv_cp_visit_bedroom", ("Y", "N")), **given)
    scrutiny.written_up(filler, given["cppv_cp_visit_id"], day)
    index, day = repeated(rng, begins, ends - 25 * DAY, 170, 82)
    day = day + np.where(rng.spawn(1)[0].random(len(day)) > better(day, 0.7, 0.95), 20, 0) * DAY
    filler.table(
        "ssd_cp_reviews",
        day,
        cppr_person_id=child[index],
        cppr_cp_plan_id=plan[index],
        cppr_cp_review_due=day + 5 * DAY,
        cppr_cp_review_date=day,
    )
    index, day = repeated(rng, begins, ends - 12 * DAY, 42, 9)
    day = day + np.where(rng.spawn(1)[0].random(len(day)) > better(day, 0.65, 0.93), 10, 0) * DAY
    filler.table("core_group", day, leaf=True, cp_plan_id=plan[index], held_date=day)
