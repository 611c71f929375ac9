"""Who tests the work of one block: supervision of cases and workers, audits, the resources panel, children's rights."""

from collections.abc import Sequence

import numpy as np

from statutory.sample.calendar import add_working_days
from statutory.sample.events import CARE, DAY, IN_NEED, NAT, better, days, number, of, repeated
from statutory.sample.fill import Filler
from statutory.sample.people import CaseWorker
from statutory.sample.timeline import Array
from statutory.sources import contract

GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
REQUESTS = tuple(code.code for code in contract.code_lists()["local.panel_request.request_type"])
DECISIONS = ("approved", "approved", "approved_changed", "approved", "declined", "approved", "approved", "withdrawn")
OTHER_TOPICS = tuple(
    code.code
    for code in contract.code_lists()["local.rights_information.topic"]
    if code.code not in ("complaints", "advocacy")
)
REASONS = tuple(code.code for code in contract.code_lists()["local.advocacy_offer.reason"])
MET = ("yes", "yes", "partly", "yes", "no", "yes", "not_reviewed", "yes", "partly", "yes")


def of_workers(filler: Filler, holders: Sequence[CaseWorker], year: int) -> None:
    """One-to-one supervision in a year of everybody who holds cases, about monthly, some of it missed."""
    rng = filler.rng
    first, last = np.datetime64(f"{year}-01-01"), np.datetime64(f"{year}-12-31")
    begins = np.maximum(np.array([h.first for h in holders], dtype="datetime64[D]"), first)
    ends = np.minimum(np.array([h.last for h in holders], dtype="datetime64[D]"), last)
    some = np.flatnonzero(ends > begins)
    index, day = repeated(rng, begins[some], ends[some], 26, 14)
    held = rng.random(len(day)) < better(day, 0.6, 0.95)
    who, day = some[index[held]], day[held]
    agency = np.array([h.is_agency for h in holders])[who]
    filler.table(
        "supervision",
        day,
        supervision_id=number("SO", filler.label, len(day)),
        kind="worker",
        person_id="",
        worker_id=np.array([h.staff for h in holders])[who],
        worker_kind=np.where(agency, "agency", "employed"),
        supervisor_id="manager",
        held_date=day,
        next_due_date=day + 28 * DAY,
        recorded_on_child_file="false",
    )


def surveys(filler: Filler) -> None:
    """The survey of every spring, by question and group: who was asked, about half of whom answered, and said yes."""
    groups = {"in_care_4_7": 44, "in_care_8_10": 52, "in_care_11_18": 131, "care_leaver": 96, "cp_plan": 78}
    questions = {
        "knows_how_to_complain": 0.86, "knows_advocate": 0.81, "worker_continuity": 0.78, "feels_listened": 0.84,
        "feels_safe": 0.91, "other": 0.8,
    }  # fmt: skip
    rows = [(y, q, g) for y in range(2019, 2031) for q in questions for g in groups]
    closed = np.array([np.datetime64(f"{y}-03-22") for y, _, _ in rows])
    rng = filler.rng.spawn(1)[0]
    asked = np.array([groups[g] + 3 * (y % 4) for y, _, g in rows])
    answered = rng.binomial(asked, better(closed, 0.35, 0.62))
    best = np.array([questions[q] for _, q, _ in rows])
    filler.table(
        "voice_survey",
        closed,
        survey_id=[f"VS{y}" for y, _, _ in rows],
        question_code=[q for _, q, _ in rows],
        group_code=[g for _, _, g in rows],
        asked=asked.astype(str),
        answered=answered.astype(str),
        positive=rng.binomial(answered, better(closed, 0.62, 1) * best).astype(str),
        closed_date=closed,
    )


def write(filler: Filler, world: dict[str, Array]) -> None:
    """Make the tables of scrutiny for the episodes of need, protection and care."""
    some = of(world, np.flatnonzero((world["path"] >= IN_NEED) & (world["close"] - world["start"] > 60 * DAY)))
    _case_supervision(filler, some)
    _audits(filler, some)
    _panel(filler, some)
    _rights(filler, of(some, np.flatnonzero(some["path"] == CARE)))


def written_up(filler: Filler, visit: Array, day: Array) -> None:
    """When visits came to be on the child's file: most the next day or the day after, some a week later."""
    rng = filler.rng.spawn(1)[0]
    waits = np.where(rng.random(len(day)) < better(day, 0.55, 0.9), rng.integers(0, 3, len(day)), 9)
    at = add_working_days(day, waits).astype("datetime64[m]") + rng.integers(990, 1080, len(day))
    filler.table("visit_audit_trail", day, visit_id=visit, created_at=at, completed_at=at + 25)


def _case_supervision(filler: Filler, some: dict[str, Array]) -> None:
    rng = filler.rng
    index, day = repeated(rng, some["start"], some["close"], 28, 21)
    kept = rng.random(len(day)) < better(day, 0.45, 0.93)
    index, day = index[kept], day[kept]
    filler.table(
        "supervision",
        day,
        supervision_id=number("SC", filler.label, len(day)),
        kind=np.where(np.arange(len(day)) % 12 == 5, "group", "case"),
        person_id=some["child"][index],
        worker_id=some["staff"][index],
        worker_kind=np.where(some["is_agency"][index], "agency", "employed"),
        supervisor_id="manager",
        held_date=day,
        next_due_date=day + 28 * DAY,
    )


def _audits(filler: Filler, some: dict[str, Array]) -> None:
    """About one episode in four, in its second month; grades rise over the years."""
    rng = filler.rng
    one = of(some, np.arange(0, len(some["child"]), 4))
    count = len(one["child"])
    planned = one["start"] + days(rng, 20, 55, count)
    good = rng.random(count) < better(planned, 0.3, 0.82)
    best = rng.random(count) < 0.2
    grade = np.where(good, np.where(best, GRADES[0], GRADES[1]), np.where(best, GRADES[3], GRADES[2]))
    turn = np.arange(count) + filler.turn
    moderated = turn % 3 == 0
    otherwise = np.where(turn % 12 == 0, np.array(GRADES)[turn // 12 % len(GRADES)], grade)
    audits = filler.table(
        "case_audit",
        planned,
        leaf=False,
        person_id=one["child"],
        team_id=one["team"],
        planned_date=planned,
        completed_date=np.where(np.arange(count) % 10 == 9, NAT, planned + days(rng, 2, 18, count)),
        grade=grade,
        moderated=np.where(moderated, "true", "false"),
        moderated_grade=np.where(moderated, otherwise, ""),
        child_view_sought=np.where(
            turn % 15 == 2, "NA", np.where(rng.random(count) < better(planned, 0.55, 0.9), "Y", "N")
        ),
        cancel_reason="",
        follows=dict.fromkeys(("grade", "moderated_grade", "decision_agreed", "child_view_sought"), "completed_date"),
    )
    which = np.flatnonzero((grade != GRADES[0]) & ~np.isnat(audits.columns["completed_date"]))
    done = audits.columns["completed_date"][which]
    late = rng.random(len(which)) > better(done, 0.5, 0.85)
    filler.table(
        "audit_action",
        done,
        audit_id=audits.columns["audit_id"][which],
        due_date=done + 28 * DAY,
        done_date=done + np.where(late, 45, 20) * DAY,
    )


def _panel(filler: Filler, some: dict[str, Array]) -> None:
    """A request for every child who comes into care and for one in three on the way; decided in days, some put off."""
    rng = filler.rng
    asked = (some["path"] == CARE) | (np.arange(len(some["child"])) % 3 == 0)
    one = of(some, np.flatnonzero(asked))
    count = len(one["child"])
    turn = np.arange(count) + 3 * filler.turn
    day = one["start"] + days(rng, 6, 50, count)
    requests = filler.table(
        "panel_request",
        day,
        delay=0,
        person_id=one["child"],
        referral_id=one["referral"],
        panel_name="Resources panel",
        request_date=day,
        request_type=np.array(REQUESTS)[turn % len(REQUESTS)],
        requested_by=one["worker"],
        team_id=one["team"],
        weekly_cost_asked=np.char.mod("%.2f", 180 + 3600 * rng.random(count) ** 2),
        previous_request_id="",
        emergency=np.where(turn % 11 == 4, "true", "false"),
        stated_outcome=np.where(rng.random(count) < better(day, 0.5, 0.95), "true", "false"),
    )
    slow = rng.random(count) > better(day, 0.45, 0.88)
    decided = add_working_days(day, np.where(slow, rng.integers(7, 22, count), rng.integers(1, 6, count)))
    decision = np.array(DECISIONS)[turn % len(DECISIONS)]
    put_off = np.flatnonzero(turn % 8 == 3)
    index = np.concatenate([np.arange(count), put_off])
    when = np.concatenate([decided, add_working_days(day[put_off], np.full(len(put_off), 1))])
    final = np.arange(len(index)) < count
    told = np.where(final, decision[index], "deferred")
    agreed = np.char.startswith(told, "approved")
    due = when + 28 * DAY
    carried = when + np.where(rng.random(len(index)) < better(when, 0.5, 0.86), 16, 44) * DAY
    filler.table(
        "panel_decision",
        when,
        delay=0,
        request_id=requests.columns["request_id"][index],
        meeting_date=when,
        decision_date=when,
        decision=told,
        is_final=np.where(final, "true", "false"),
        weekly_cost_approved=np.where(agreed, requests.columns["weekly_cost_asked"][index], ""),
        implement_by=np.where(agreed, due, NAT),
        implemented_date=np.where(agreed & (np.arange(len(index)) % 13 != 6), carried, NAT),
        review_date=np.where(agreed, when + 180 * DAY, NAT),
        outcome_met=np.where(agreed, np.array(MET)[index % len(MET)], ""),
        follows={"outcome_met": "review_date"},
    )


def _rights(filler: Filler, some: dict[str, Array]) -> None:
    """Children in care are told of complaints and advocacy in the first weeks and once a year, and offered advocacy."""
    rng = filler.rng
    entered = some["start"] + 40 * DAY
    index, day = repeated(rng, entered, some["close"], 330, 12)
    told = rng.random(len(day)) < better(day, 0.4, 0.88)
    index, day = np.repeat(index[told], 3), np.repeat(day[told], 3)
    turn = np.arange(len(day)) + filler.turn
    filler.table(
        "rights_information",
        day,
        person_id=some["child"][index],
        topic=np.select(
            [np.arange(len(day)) % 3 == 0, np.arange(len(day)) % 3 == 1],
            ["complaints", "advocacy"],
            np.array(OTHER_TOPICS)[turn // 3 % len(OTHER_TOPICS)],
        ),
        given_date=day,
        understood=np.where(turn % 17 == 5, "NA", np.where(rng.random(len(day)) < 0.9, "Y", "N")),
    )
    count = len(entered)
    turn = np.arange(count) + 7 * filler.turn
    offered = rng.random(count) < better(entered, 0.45, 0.9)
    not_asked = turn % 13 == 6  # too young to have an advocate
    offered &= ~not_asked
    accepted = offered & (turn % 3 < 2)
    asked = entered + days(rng, 3, 20, count)
    filler.table(
        "advocacy_offer",
        asked,
        person_id=some["child"],
        reason=np.where(turn % 4 == 3, np.array(REASONS)[turn // 4 % len(REASONS)], "care_entry"),
        offered=np.where(not_asked, "NA", np.where(offered, "Y", "N")),
        offered_date=np.where(offered, asked, NAT),
        accepted=np.where(not_asked, "NA", np.where(offered, np.where(accepted, "Y", "N"), "")),
        referred_date=np.where(accepted, asked + 2 * DAY, NAT),
        first_meeting_date=np.where(accepted, asked + days(rng, 4, 16, count), NAT),
        provider=np.where(accepted, "Speak Up Elmbourne", ""),
    )
