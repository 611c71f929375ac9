"""The shipped calendar as arrays: working-day arithmetic over many dates at once."""

import csv
import functools
from datetime import date

import numpy as np

from statutory.paths import SQL
from statutory.sample.timeline import Array


@functools.cache
def _calendar() -> tuple[np.datetime64, Array, Array]:
    with (SQL / "ref" / "calendar_day.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    numbers = np.array([int(row["working_day_no"]) for row in rows])
    working = np.array([np.datetime64(row["day"], "D") for row in rows if row["is_working_day"] == "true"])
    return np.datetime64(rows[0]["day"], "D"), numbers, working


def last_day() -> date:
    """The last day of the calendar."""
    first, numbers, _ = _calendar()
    return date.fromisoformat(str(first + len(numbers) - 1))


def add_working_days(days: Array, count: Array) -> Array:
    """The working day that lies `count` working days after each day, day 0 being the day itself.

    Beyond the calendar, which no night reaches, it is the calendar's last one.
    """
    first, numbers, working = _calendar()
    number = numbers[np.minimum((days - first).astype(np.int64), len(numbers) - 1)]
    # working[k] is the working day with the running number k + 1.
    result: Array = working[np.clip(number + count, 1, len(working)) - 1]
    return result


def working_days(first: Array, last: Array) -> Array:
    """How many working days lie between two days, both included."""
    begins, numbers, _ = _calendar()
    result: Array = numbers[(last - begins).astype(np.int64)] - numbers[(first - begins).astype(np.int64) - 1]
    return result
