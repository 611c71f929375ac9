"""Care proceedings, and complaints with their stages, of one block."""

import numpy as np

from statutory.sample.calendar import add_working_days
from statutory.sample.events import DAY, IN_NEED, NAT, better, days, number, of
from statutory.sample.fill import Filler
from statutory.sample.timeline import Array
from statutory.sources import contract

ORDERS = ("care", "care", "placement", "sgo", "supervision", "cao", "care", "sgo", "no_order", "withdrawn")
HOMES = {"care": "foster_carer", "placement": "adopter", "sgo": "relative", "cao": "relative"}
TYPES = ("care", "care", "care", "care", "secure", "care", "care", "care", "care", "other")
# Working days to an answer of each stage of a complaint: in time, and late.
ANSWERS = (((4, 10), (12, 30)), ((15, 25), (30, 70)), ((15, 30), (32, 50)), ((40, 80), (90, 150)))
CARERS = ("foster_carer", "residential", "relative", "foster_carer", "other")


def _codes(name: str) -> Array:
    return np.array([code.code for code in contract.code_lists()[name]])


def proceedings(filler: Filler, some: dict[str, Array], entered: Array, left: Array) -> None:
    """Two in three times in care go to court; 26 weeks are kept more often from year to year."""
    rng = filler.rng.spawn(1)[0]
    which = np.flatnonzero(np.arange(len(entered)) % 3 < 2)
    count = len(which)
    issued = entered[which] + days(rng, 0, 12, count)
    timely = rng.random(count) < better(issued, 0.35, 0.78)
    ordered = issued + np.where(timely, rng.integers(110, 181, count), rng.integers(190, 340, count)) * DAY
    ordered = np.minimum(ordered, np.maximum(left[which], issued + 30 * DAY))
    turn = np.arange(count) + 3 * filler.turn
    order = np.array(ORDERS)[turn % len(ORDERS)]
    home = np.select([order == name for name in HOMES], list(HOMES.values()), "parent")
    home = np.where(order == "care", np.array(CARERS)[turn % 7 % len(CARERS)], home)
    filler.table(
        "court_case",
        issued,
        case_number=number("EB", filler.label, count),
        person_id=some["child"][which],
        issue_date=issued,
        final_order_date=ordered,
        final_order=order,
        lives_with=home,
        extension_granted=np.where(ordered - issued > 182 * DAY, "true", "false"),
        proceedings_type=np.array(TYPES)[turn % len(TYPES)],
        follows=dict.fromkeys(("final_order", "lives_with", "extension_granted"), "final_order_date"),
    )


def complaints(filler: Filler, world: dict[str, Array]) -> None:
    """One episode in nine; one complaint in five goes to the second stage, few further."""
    rng = filler.rng.spawn(1)[0]
    some = of(world, np.flatnonzero((world["path"] >= IN_NEED) & (world["close"] - world["start"] > 60 * DAY)))
    which = np.arange(0, len(some["child"]), 9)
    complaint = number("CM", filler.label, len(which))
    turn = np.arange(len(which)) + filler.turn
    reached = np.select([turn % 20 == 13, turn % 15 == 3, turn % 5 == 3], [4, 3, 2], 1)
    received = some["start"][which] + days(rng, 25, 170, len(which))
    for stage, (quick, slow) in enumerate(ANSWERS, 1):
        here = np.flatnonzero(reached >= stage)
        day, place = received[here], turn[here] + stage
        timely = rng.random(len(here)) < better(day, 0.5, 0.88)
        takes = np.where(timely, rng.integers(*quick, len(here)), rng.integers(*slow, len(here)))
        answered = add_working_days(day, takes)
        gone = place % 17 == 5
        outcome = _codes("local.complaint.outcome")
        filler.table(
            "complaint",
            day,
            complaint_id=complaint[here],
            stage=str(stage),
            person_id=some["child"][which][here],
            made_by=_codes("local.complaint.made_by")[turn[here] % 6],
            received_date=day,
            extended="false",
            extension_agreed_date=NAT,
            answered_date=np.where(gone, NAT, answered),
            withdrawn=np.where(gone, "true", "false"),
            theme=_codes("local.complaint.theme")[turn[here] * 2 % 9],
            outcome=outcome[place * 3 % len(outcome)],
            learning_action=np.where(place % 3 == 1, "true", "false"),
            follows=dict.fromkeys(("outcome", "learning_action"), "answered_date"),
        )
        received[here] = answered + days(rng, 5, 20, len(here))
