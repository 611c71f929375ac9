"""Health, feelings and schooling of children in care of one block: checks, questionnaires, education plans."""

import numpy as np

from statutory.sample.calendar import add_working_days
from statutory.sample.events import DAY, better, repeated
from statutory.sample.fill import Filler
from statutory.sample.timeline import Array
from statutory.sources import contract

STATUS = ("Refused", "Cancelled", "Planned")
NO_SCORE = tuple(code.code for code in contract.code_lists()["ssda903.SDQ_REASON"])
YEAR = 365 * DAY


def write(filler: Filler, some: dict[str, Array], entered: Array, left: Array) -> None:
    """Make the tables for times in care that begin and end on these days."""
    rng = filler.rng.spawn(1)[0]
    _checks(filler, rng, some, entered, left)
    _questionnaires(filler, rng, some, entered, left)
    _education(filler, rng, some, entered, left)


def _checks(filler: Filler, rng: np.random.Generator, some: dict[str, Array], entered: Array, left: Array) -> None:
    """A first assessment in 20 working days or not long after, then one a year, two under five; a yearly dentist."""
    count = len(entered)
    timely = rng.random(count) < better(entered, 0.5, 0.89)
    first = add_working_days(entered, np.where(timely, rng.integers(7, 20, count), rng.integers(22, 50, count)))
    stays = np.flatnonzero(first < left)
    young = np.flatnonzero(entered - some["born"] < 4 * YEAR)
    parts = [(stays, first[stays], "Initial health assessment")]
    for whose, every, start, worst, best, kind in (
        (np.arange(count), 345, 330, 0.6, 0.93, "Review health assessment"),
        (young, 345, 165, 0.55, 0.9, "Review health assessment"),
        (np.arange(count), 340, 130, 0.5, 0.88, "Dental check"),
    ):
        index, day = repeated(rng, entered[whose], left[whose], every, start)
        held = rng.random(len(day)) < better(day, worst, best)
        parts.append((whose[index[held]], day[held], kind))
    who = np.concatenate([part[0] for part in parts])
    day = np.concatenate([part[1] for part in parts])
    turn = np.arange(len(day)) + filler.turn
    filler.table(
        "ssd_cla_health",
        day,
        clah_person_id=some["child"][who],
        clah_health_check_type=np.concatenate([np.full(len(part[1]), part[2]) for part in parts]),
        clah_health_check_date=day,
        clah_health_check_status=np.where(turn % 20 == 7, np.array(STATUS)[turn // 20 % 3], "Completed"),
    )


def _questionnaires(
    filler: Filler, rng: np.random.Generator, some: dict[str, Array], entered: Array, left: Array
) -> None:
    """Strengths and difficulties of children of four to sixteen once a year; 17 and more is a cause for concern."""
    index, day = repeated(rng, entered, left, 340, 150)
    age = (day - some["born"][index]) // YEAR
    asked = (age >= 4) & (age < 17) & (rng.random(len(day)) < better(day, 0.6, 0.92))
    index, day = index[asked], day[asked]
    turn = np.arange(len(day)) + filler.turn
    unscored = turn % 6 == 5
    score = np.clip(rng.normal(14, 6, len(day)).round(), 0, 40).astype(np.int64).astype(str)
    filler.table(
        "ssd_sdq_scores",
        day,
        csdq_person_id=some["child"][index],
        csdq_sdq_completed_date=day,
        csdq_sdq_reason=np.where(unscored, np.array(NO_SCORE)[turn // 6 % len(NO_SCORE)], ""),
        csdq_sdq_score=np.where(unscored, "", score),
    )


def _education(filler: Filler, rng: np.random.Generator, some: dict[str, Array], entered: Array, left: Array) -> None:
    """A first plan within ten working days or somewhat later, then one a term."""
    count = len(entered)
    timely = rng.random(count) < better(entered, 0.4, 0.86)
    first = add_working_days(entered, np.where(timely, rng.integers(3, 10, count), rng.integers(12, 32, count)))
    index, day = repeated(rng, entered, left, 112, 100)
    held = rng.random(len(day)) < better(day, 0.6, 0.95)
    who = np.concatenate([np.arange(count), index[held]])
    day = np.concatenate([first, day[held]])
    age = (day - some["born"][who]) // YEAR
    pupils = (age >= 4) & (age < 17) & (day < left[who])
    who, day = who[pupils], day[pupils]
    months = day.astype("datetime64[M]").astype(int)
    term = np.select([months % 12 >= 8, months % 12 >= 3], ["autumn", "summer"], "spring")
    good = rng.random(len(day)) < better(day, 0.35, 0.72)
    filler.table(
        "pep",
        day,
        person_id=some["child"][who],
        plan_date=day,
        school_term=np.char.add(np.char.mod("%d ", 1970 + months // 12), term),
        quality_grade=np.where(good, "green", np.where(rng.random(len(day)) < 0.75, "amber", "red")),
    )
