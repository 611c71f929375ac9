"""What the children's tables share: kinds of episodes, spans of days, ids, events that come round."""

import numpy as np

from statutory.sample.timeline import Array

NAT = np.datetime64("NaT", "D")
DAY = np.timedelta64(1, "D")
BEST_YEAR = 2025  # when the work had become what it is now
NFA, ASSESSED, IN_NEED, PROTECTED, CARE = range(5)


def days(rng: np.random.Generator, low: int, high: int, count: int) -> Array:
    """Whole days, low and high included."""
    return rng.integers(low, high + 1, count) * DAY


def number(prefix: str, label: str, count: int) -> Array:
    """Ids of one block."""
    return np.char.add(f"{prefix}{label}", np.char.mod("%06d", np.arange(count)))


def of(world: dict[str, Array], chosen: Array) -> dict[str, Array]:
    """The episodes at these positions."""
    return {name: values[chosen] for name, values in world.items()}


def better(day: Array, worst: float, best: float) -> Array:
    """How likely something was done well on a day: from the worst in 2017 to the best in 2025, and so from then on."""
    years = day.astype("datetime64[D]").astype(float) / 365.25 + 1970
    share: Array = worst + (best - worst) * np.clip((years - 2017) / (BEST_YEAR - 2017), 0, 1)
    return share


def yes(rng: np.random.Generator, day: Array, worst: float, best: float) -> Array:
    """Y or N for each day, Y as likely as `better` says; drawn apart, so that what is drawn after stays as it is."""
    return np.where(rng.spawn(1)[0].random(len(day)) < better(day, worst, best), "Y", "N")


def repeated(rng: np.random.Generator, begins: Array, ends: Array, every: int, first: int) -> tuple[Array, Array]:
    """Positions and days of events that come round between two days: about every so many days after the first."""
    counts = np.maximum((ends - begins).astype(np.int64) - first, 0) // every + (
        (ends - begins).astype(np.int64) >= first
    )
    index = np.repeat(np.arange(len(begins)), counts)
    turn = np.arange(len(index)) - np.repeat(np.cumsum(counts) - counts, counts)
    return index, begins[index] + (first + turn * every + rng.integers(-2, 3, len(index))) * DAY
