"""Children in care and care leavers of one block, and missing episodes with their return home interviews."""

import numpy as np

from statutory.sample import court, health, leavers, scrutiny
from statutory.sample.events import CARE, DAY, NAT, NFA, better, days, number, of, repeated, yes
from statutory.sample.fill import Filler
from statutory.sample.timeline import Array
from statutory.sources import contract

ADOPTIVE = ("A3", "A4", "A5", "A6")
OFFENCES = ("theft", "criminal damage", "common assault", "possession of a controlled drug", "public order")
SUBSTANCES = ("cannabis", "alcohol", "cannabis and alcohol", "ketamine", "nitrous oxide")
REVERSED = [c.code for c in contract.code_lists()["ssda903.REASON_PLACED_CEASED"]]
LEFT = [c.code for c in contract.code_lists()["local.adopter.left_reason"]]
NEW = [c.code for c in contract.code_lists()["ssda903.PLACE"] if c.first_year == 2026]
NEW_SINCE = np.datetime64("2025-04-01")
CEASED = np.array([c.code for c in contract.code_lists()["ssda903.REC"] if not c.last_year and c.code != "X1"])


def write(filler: Filler, world: dict[str, Array]) -> None:
    """Make the tables of care, of leaving it, and of going missing."""
    rng, label = filler.rng, filler.label
    some = of(world, np.flatnonzero((world["path"] == CARE) & (world["close"] - world["start"] > 60 * DAY)))
    count = len(some["child"])
    entered, left = some["start"] + days(rng, 20, 40, count), some["close"] - 5 * DAY
    care = number("L", label, count)
    middle = entered + (left - entered) // 2
    moved = (rng.random(count) < 0.5) & (left - entered > 60 * DAY)
    # One placement each, or two with a change in the middle.
    index = np.concatenate([np.arange(count), np.flatnonzero(moved)])
    begins = np.concatenate([entered, middle[moved]])
    ends = np.concatenate([np.where(moved, middle, left), left[moved]])
    placement = number("PL", label, len(index))
    ceased = np.concatenate([np.where(moved, "X1", ""), np.full(int(moved.sum()), "")])
    reason = np.where(ceased == "X1", "X1", CEASED[np.arange(len(index)) % len(CEASED)])
    first = np.arange(len(index)) < count
    placements = filler.table(
        "ssd_cla_placement",
        begins,
        delay=1,
        clap_cla_placement_id=placement,
        clap_cla_placement_start_date=begins,
        clap_cla_id=care[index],
        clap_cla_placement_end_date=ends,
        clap_person_id=some["child"][index],
        clap_cla_placement_distance=np.char.mod("%.1f", filler.rng.spawn(1)[0].exponential(11, len(index))),
        clap_cla_placement_urn="SC123456",
        clap_cla_placement_postcode="EB23CC",
        clap_cla_placement_type=_types(filler, begins),
        follows={"clap_cla_placement_change_reason": "clap_cla_placement_end_date"},
        corrected=("clap_cla_placement_postcode", ("EB23CC", "EB24DD")),
    )
    # Who is placed for adoption is adopted out of it, or moves on and the decision is reversed.
    adoptive = np.isin(placements.columns["clap_cla_placement_type"], ADOPTIVE)
    last = np.full(count, -1)
    last[index] = np.arange(len(index))  # a second placement stands after the first
    adopted, turned = adoptive[last], adoptive[:count] & ~adoptive[last]
    reason[last[adopted]] = "E11"
    ended = reason[last]
    filler.table(
        "ssd_cla_episodes",
        begins,
        delay=1,
        clae_person_id=some["child"][index],
        clae_cla_episode_start_date=begins,
        clae_cla_episode_start_reason=np.where(
            first, "S", np.array(["P", "L", "T", "U", "B", "P"])[np.arange(len(index)) % 6]
        ),
        clae_cla_episode_ceased_date=ends,
        clae_cla_episode_ceased_reason=reason,
        clae_cla_id=care[index],
        clae_referral_id=some["referral"][index],
        clae_cla_placement_id=placement,
        clae_entered_care_date=entered[index],
        clae_cla_last_iro_contact_date=NAT,
        follows={"clae_cla_episode_ceased_reason": "clae_cla_episode_ceased_date"},
    )
    status = np.array(["C1", "C2", "D1", "E1", "V2", "V3", "V4", "J1", "J2", "J3", "L1", "L2", "L3"])
    status = np.where(adopted | turned, "E1", status[np.arange(count) % len(status)])
    in_breaks = np.isin(status, ("V3", "V4"))
    filler.table(
        "ssd_legal_status",
        entered,
        lega_person_id=some["child"],
        lega_legal_status=status,
        lega_legal_status_start_date=entered,
        lega_legal_status_end_date=left,
    )
    filler.table(
        "placement_plan", begins, placement_id=placement, plan_date=begins + days(rng, 0, 8, len(index)), delay=3
    )
    _reviews_and_visits(filler, some, care, (entered, left), (middle, moved))
    health.write(filler, some, entered, left)
    court.proceedings(filler, some, entered, left)
    # Most have a plan in the first fortnight; some wait until the second review, or longer.
    fresh = filler.rng.spawn(1)[0]
    drawn = fresh.random(count) - better(entered, 0.5, 0.9)
    waits = np.select([drawn < 0, drawn < 0.06], [fresh.integers(2, 13, count), fresh.integers(20, 95, count)], 140)
    agreed = np.minimum(entered + waits * DAY, left - DAY)
    filler.table(
        "ssd_cla_care_plan",
        agreed,
        lacp_person_id=some["child"],
        lacp_cla_care_plan_start_date=agreed,
        lacp_cla_care_plan_end_date=left,
        lacp_cla_care_plan_json=np.where(adopted, '{"ADOPTION": "Y"}', '{"REMAINSUP": "Y"}'),
    )
    _at_risk(filler, some, entered, left)
    one = np.unique(some["child"], return_index=True)[1]
    filler.table(
        "ssd_cla_immunisations",
        entered[one],
        clai_person_id=some["child"][one],
        clai_immunisations_status_date=entered[one] + 20 * DAY,
        delay=30,
    )
    by_order = np.select([adopted, ended == "E41", np.char.startswith(ended, "E4") & (np.char.str_len(ended) == 3)],
                         ["Adoption", "Child arrangements or residence order", "Special guardianship"], "")  # fmt: skip
    began = np.where(adoptive[:count], entered, np.where(moved, middle, entered))
    filler.table(
        "ssd_permanence",
        entered - 5 * DAY,
        perm_person_id=some["child"],
        perm_cla_id=care,
        perm_adm_decision_date=np.where(adopted | turned, entered, NAT),
        perm_placement_order_date=NAT,
        perm_decision_reversed_date=np.where(turned, middle, NAT),
        perm_decision_reversed_reason=np.array(REVERSED)[np.cumsum(turned) % len(REVERSED)],
        perm_placed_for_adoption_date=np.where(adopted | turned, began, NAT),
        perm_permanence_order_date=np.where(by_order != "", left, NAT),
        perm_permanence_order_type=by_order,
        perm_adoption_worker_id=some["worker"],
        perm_ffa_cp_decision_date=NAT,
        perm_matched_date=np.where(adopted | turned, began, NAT),
        perm_placed_ffa_cp_date=NAT,
        perm_placed_foster_carer_date=NAT,
        follows={
            "perm_decision_reversed_reason": "perm_decision_reversed_date",
            "perm_permanence_order_type": "perm_permanence_order_date",
        },
    )
    sixteen = np.maximum(some["born"] + 5844 * DAY, entered)
    older = np.flatnonzero((sixteen < left) & ~in_breaks)
    filler.table(
        "pathway_plan",
        sixteen[older] + 60 * DAY,
        person_id=some["child"][older],
        eligible_from=sixteen[older],
        needs_assessment_date=sixteen[older] + 40 * DAY,
        plan_date=sixteen[older] + 60 * DAY,
        review_date=sixteen[older] + 240 * DAY,
    )
    _care_leavers(filler, some, older, entered, left)
    _missing(filler, world)


def adopters(filler: Filler, enquired: Array) -> None:
    """Households that enquired on these days: stages of about two and four months, a match in the year after."""
    rng = filler.rng.spawn(1)[0]
    count = len(enquired)
    first = enquired + days(rng, 5, 20, count)
    first_end = first + days(rng, 45, 75, count)
    second = first_end + days(rng, 3, 25, count)
    second_end = second + days(rng, 95, 140, count)
    approved = second_end + days(rng, 3, 15, count)
    matched = approved + days(rng, 40, 330, count)
    turn = np.arange(count)
    leaves = turn % 6 == 4  # after approval, without a child
    placed = matched + days(rng, 15, 40, count)
    filler.table(
        "adopter",
        enquired,
        enquiry_date=enquired,
        stage1_start=first,
        stage1_end=first_end,
        stage2_start=second,
        stage2_end=second_end,
        application_date=second_end - 5 * DAY,
        approval_date=approved,
        matched_date=np.where(leaves, NAT, matched),
        placed_date=np.where(leaves, NAT, placed),
        children_placed=np.where(leaves, "", np.where(turn % 5 == 2, "2", "1")),
        order_date=np.where(leaves, NAT, placed + days(rng, 120, 260, count)),
        left_date=np.where(leaves, approved + 90 * DAY, NAT),
        left_reason=np.array(LEFT)[turn // 6 % len(LEFT)],
        follows={"children_placed": "placed_date", "left_reason": "left_date"},
    )


def _types(filler: Filler, begins: Array) -> Array:
    """Types of placement in turn; one in five is of the new ones, as few begin before a night of their first year."""
    types = filler.in_turn("ssd_cla_placement", "clap_cla_placement_type", begins)
    recent = np.flatnonzero(begins >= NEW_SINCE)[::5]
    types[recent] = np.array(NEW)[np.arange(len(recent)) % len(NEW)]
    return types


def _reviews_and_visits(
    filler: Filler, some: dict[str, Array], care: Array, stay: tuple[Array, Array], moves: tuple[Array, Array]
) -> None:
    """Reviews within 20 working days, three months, six months; a visit in a carer's first week, then five-weekly."""
    (entered, left), (middle, moved) = stay, moves
    rng, count = filler.rng.spawn(1)[0], len(care)

    def late(day: Array, worst: float, best: float) -> Array:
        return rng.random(len(day)) > better(day, worst, best)

    first = entered + (rng.integers(18, 27, count) + np.where(late(entered, 0.65, 0.95), 14, 0)) * DAY
    second = first + (rng.integers(74, 89, count) + np.where(late(first, 0.6, 0.93), 24, 0)) * DAY
    index, day = repeated(rng, second, left, 176, 176)
    # One held late comes nearer to the one after it.
    day = day + np.where(late(day, 0.7, 0.94), 18, 0) * DAY
    each = np.concatenate([np.arange(count), np.arange(count), index])
    day = np.concatenate([first, second, day])
    each, day = each[day < left[each]], day[day < left[each]]
    filler.table(
        "ssd_cla_reviews",
        day,
        clar_cla_id=care[each],
        clar_cla_review_due_date=day + 4 * DAY,
        clar_cla_review_date=day,
        clar_cla_review_cancelled=np.where(np.arange(len(day)) % 30 == 9, "Y", "N"),
        clar_cla_person_id=some["child"][each],
    )
    whose = np.concatenate([np.arange(count), np.flatnonzero(moved)])
    begins = np.concatenate([entered, middle[moved]])
    ends = np.concatenate([np.where(moved, middle, left), left[moved]])
    begins = begins + np.where(late(begins, 0.6, 0.9), 7, 0) * DAY
    index, day = repeated(rng, begins, ends, 34, 4)
    each = whose[index]
    filler.table(
        "ssd_cla_visits",
        day,
        leaf=True,
        clav_cla_visit_id=(visit := number("VC", filler.label, len(day))),
        clav_cla_id=care[each],
        clav_person_id=some["child"][each],
        clav_cla_visit_date=day,
        clav_cla_visit_seen=yes(rng, day, 0.8, 0.98),
        corrected=("clav_cla_visit_seen_alone", ("Y", "N")),
    )
    scrutiny.written_up(filler, visit, day)


def _at_risk(filler: Filler, some: dict[str, Array], entered: Array, left: Array) -> None:
    """Of the older ones some offend, some misuse substances, and some came to the country alone."""
    rng = filler.rng.spawn(1)[0]
    count = len(entered)
    turn = np.arange(count) + filler.turn
    age = (entered - some["born"]) // (365 * DAY)
    day = entered + 40 * DAY + (rng.random(count) * (left - entered).astype(np.int64)).astype(np.int64) * DAY
    offended = np.flatnonzero((age >= 10) & (turn % 9 == 3) & (day < left))
    filler.table(
        "ssd_cla_convictions",
        day[offended],
        clac_person_id=some["child"][offended],
        clac_cla_conviction_date=day[offended],
        clac_cla_conviction_offence=np.array(OFFENCES)[turn[offended] % len(OFFENCES)],
    )
    misused = np.flatnonzero((age >= 10) & (turn % 7 == 3) & (day < left))
    filler.table(
        "ssd_cla_substance_misuse",
        day[misused],
        clas_person_id=some["child"][misused],
        clas_substance_misuse_date=day[misused],
        clas_substance_misused=np.array(SUBSTANCES)[turn[misused] % len(SUBSTANCES)],
        clas_intervention_received=np.where(turn[misused] % 5 == 0, "N", "Y"),
    )
    alone = (age >= 14) & (turn % 4 == 1)
    known = np.flatnonzero(alone | (turn % 15 == 2))
    filler.table(
        "ssd_immigration_status",
        entered[known],
        immi_person_id=some["child"][known],
        immi_immigration_status=np.where(alone[known], "Unaccompanied asylum-seeking child", "Settled status"),
        immi_immigration_status_start_date=entered[known],
        immi_immigration_status_end_date=NAT,
    )


def _care_leavers(filler: Filler, some: dict[str, Array], older: Array, entered: Array, left: Array) -> None:
    """Who is 16 and has been in care for 13 weeks since 14; the others from 18."""
    child, born = some["child"][older], some["born"][older]
    eligible = np.maximum(
        np.maximum(leavers.birthday(born, 16), entered[older] + 91 * DAY), leavers.birthday(born, 14) + 91 * DAY
    )
    grown = leavers.birthday(born, 18)
    known = eligible < np.minimum(left[older], grown)
    leavers.records(filler, child, born, np.where(known, eligible, grown), left[older])
    one = np.unique(child, return_index=True)[1]
    leavers.birthdays(filler, child[one], born[one], entered[older][one])


def _missing(filler: Filler, world: dict[str, Array]) -> None:
    """Episodes of a day or two; nearly all answered, most within 72 hours of the return."""
    rng, label = filler.rng, filler.label
    open_long = (
        (world["close"] - world["start"] > 90 * DAY)
        & (world["path"] != NFA)
        & (world["start"] - world["born"] > 10 * 365 * DAY)
    )
    chosen = np.flatnonzero(open_long & (rng.random(len(open_long)) < 0.35))
    some = of(world, np.repeat(chosen, 2))
    count = len(some["child"])
    gone = some["start"] + days(rng, 5, 85, count)
    left_at = gone.astype("datetime64[m]") + rng.integers(960, 1400, count)
    returned = left_at + rng.integers(120, 2600, count)
    back = returned.astype("datetime64[D]")
    episode = number("MI", label, count)
    # Held in time, late, declined, not recorded, not applicable, not offered.
    kind = rng.choice(6, count, p=(0.70, 0.11, 0.08, 0.04, 0.04, 0.03))
    offered = np.choose(kind, ["Y", "Y", "Y", "", "NA", "N"])
    accepted = np.choose(kind, ["Y", "Y", "N", "", "NA", ""])
    filler.table(
        "ssd_missing",
        back,
        delay=1,
        miss_table_id=episode,
        miss_person_id=some["child"],
        miss_missing_episode_start_date=gone,
        miss_missing_episode_type=np.where(rng.random(count) < 0.93, "M", "A"),
        miss_missing_episode_end_date=back,
        miss_missing_rhi_offered=offered,
        miss_missing_rhi_accepted=accepted,
    )
    filler.table(
        "missing_report",
        back,
        delay=1,
        person_id=some["child"],
        reported_at=left_at + 30,
        missing_start_at=left_at,
        returned_at=returned,
        miss_table_id=episode,
    )
    hours = np.where(kind == 0, rng.integers(60, 4300, count), rng.integers(4400, 12000, count))
    held = np.where(kind < 2, returned + hours, np.datetime64("NaT"))
    answered = np.flatnonzero(kind != 3)
    filler.table(
        "rhi_offer",
        back[answered] + DAY,
        delay=1,
        miss_table_id=episode[answered],
        report_id="",
        person_id=some["child"][answered],
        offered=offered[answered],
        offered_at=returned[answered] + 60,
        accepted=accepted[answered],
        held_at=held[answered],
        recorded_at=held[answered] + 60,
        shared_with_police_at=np.datetime64("NaT", "m"),
        covers_later_episodes="false",
        follows={"held_by": "held_at", "quality_grade": "held_at"},
    )
