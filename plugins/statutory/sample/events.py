"""What the children's tables share: kinds of episodes, spans of days, ids, events that come round."""

import numpy as np

from statutory.sample.timeline import Array

NAT = np.datetime64("NaT", "D")
DAY = np.timedelta64(1, "D")
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


def repeated(rng: np.random.Generator, begins: Array, ends: Array, every: int, first: int) -> tuple[Array, Array]:
    """Positions and days of events that come round between two days: about every so many days after the first."""
    counts = np.maximum((ends - begins).astype(np.int64) - first, 0) // every + (
        (ends - begins).astype(np.int64) >= first
    )
    index = np.repeat(np.arange(len(begins)), counts)
    turn = np.arange(len(index)) - np.repeat(np.cumsum(counts) - counts, counts)
    return index, begins[index] + (first + turn * every + rng.integers(-2, 3, len(index))) * DAY
