"""Care leavers of one block: the record as it stands after each contact, and how they live around each birthday."""

import numpy as np

from statutory.sample.events import DAY, better, repeated
from statutory.sample.fill import Filler
from statutory.sample.timeline import Array
from statutory.sources import contract

ADVISER = "PX001"
FAVOURED = np.array(["B1", "U1", "V1", "K1", "T1", "D1", "V1", "U2"])
BUSY = np.array(["F2", "F4", "G5", "F2", "F5", "P2", "F4", "F1", "F2", "G4"])
HOMES = np.array(["B", "U", "V", "K", "T", "D", "V", "U"])


def _codes(name: str) -> Array:
    return np.array([code.code for code in contract.code_lists()[name]])


def _mostly(usual: Array, name: str, turn: Array, every: int) -> Array:
    """What is usual, and each `every`th time any code of the list."""
    codes = _codes(name)
    result: Array = np.where(turn % every == 1, codes[turn // every % len(codes)], usual)
    return result


def records(filler: Filler, child: Array, born: Array, begins: Array, gone: Array) -> None:
    """One record a young person, written anew after each contact, about every seven weeks up to 21."""
    rng = filler.rng.spawn(1)[0]
    grown, done = birthday(born, 18), birthday(born, 21)
    index, day = repeated(rng, begins, done + 40 * DAY, 47, 2)
    met = rng.random(len(day)) < better(day, 0.72, 0.95)
    met[np.unique(index, return_index=True)[1]] = True
    # On leaving care and on the birthdays that change what is owed, the record is written on the day.
    turns = [(gone, gone < grown), (grown, grown > begins), (done, done > begins)]
    index = np.concatenate([index[met], *(np.flatnonzero(holds & (at > begins)) for at, holds in turns)])
    day = np.concatenate([day[met], *(at[holds & (at > begins)] for at, holds in turns)])
    order = np.lexsort((day, index))
    index, day = index[order], day[order]
    turn = index + filler.turn
    since = (day - begins[index]).astype(np.int64)
    # The review of the plan is due every six months; now and then one is missed.
    reviews = since // 178 - ((turn + since // 178) % 9 == 4)
    state = np.select(
        [day >= done[index], day >= grown[index], day >= gone[index]],
        [
            np.where(turn % 4 == 3, "No Current Eligibility", "Former Relevant"),
            np.where(turn % 9 == 4, "Qualifying", "Former Relevant"),
            "Relevant",
        ],
        "Eligible",
    )
    told = filler.table(
        "ssd_care_leavers",
        day,
        delay=0,
        clea_table_id=np.char.add(f"CL{filler.label}", np.char.mod("%06d", index)),
        clea_person_id=child[index],
        clea_care_leaver_eligibility=state,
        clea_care_leaver_in_touch=_mostly(np.array("YES"), "ssda903.IN_TOUCH", turn, 7),
        clea_care_leaver_latest_contact=day,
        clea_care_leaver_accommodation=_mostly(HOMES[turn % 8], "local.accommodation_type", turn, 3),
        clea_care_leaver_accom_suitable=np.where(turn % 8 == 3, "2", "1"),
        clea_care_leaver_activity=_mostly(BUSY[turn % 10], "ssda903.ACTIV", turn, 3),
        clea_pathway_plan_review_date=begins[index] + np.maximum(reviews, 0) * 178 * DAY,
        clea_care_leaver_personal_advisor=np.where(turn % 11 == 6, "", ADVISER),
        clea_care_leaver_allocated_team="T07",
        clea_care_leaver_worker_id=ADVISER,
    )
    # The next contact's record takes the place of the one before.
    same = np.flatnonzero(index[1:] == index[:-1])
    told.removed[same] = told.recorded[same + 1]


def birthdays(filler: Filler, child: Array, born: Array, entered: Array) -> None:
    """What was recorded around each birthday from 17 to 21."""
    who = np.tile(np.arange(len(child)), 5)
    age = np.repeat(np.arange(17, 22), len(child))
    day = np.concatenate([birthday(born, years) for years in range(17, 22)])
    known = entered[who] + 91 * DAY < day
    who, age, day = who[known], age[known], day[known]
    months = day.astype("datetime64[M]").astype(int)
    turn = np.arange(len(who)) * 3 + who + filler.turn
    home = _mostly(FAVOURED[turn % 8], "ssda903.ACCOM", turn, 3)
    filler.table(
        "care_leaver_birthday",
        day,
        delay=9,
        person_id=child[who],
        collection_year=np.char.mod("%d", 1970 + months // 12 + (months % 12 >= 3)),
        age=age.astype(str),
        recorded_date=day + 5 * DAY,
        in_touch=_mostly(np.array("YES"), "ssda903.IN_TOUCH", turn, 7),
        activity=_mostly(BUSY[turn % 10], "ssda903.ACTIV", turn, 3),
        accommodation=home,
        accommodation_suitable=np.where(np.char.endswith(home, "2"), "2", "1"),
    )


def birthday(born: Array, age: int) -> Array:
    """The day somebody is so old; who was born on 29 February, on the 28th."""
    month = born.astype("datetime64[M]")
    then = month + 12 * age
    last = (then + 1).astype("datetime64[D]") - DAY
    day: Array = np.minimum(then.astype("datetime64[D]") + (born - month.astype("datetime64[D]")), last)
    return day
