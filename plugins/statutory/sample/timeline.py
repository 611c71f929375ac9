"""A table over time: rows that appear, values that become known, corrections, rows that disappear.

The extract of a night is a pure function of the timeline and the night, so a further night leaves earlier ones as they
were, whichever nights are written.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from statutory.sources.contract import Table

Array = NDArray[Any]
NEVER = np.datetime64("2999-01-01", "D")
CYCLE = 100  # nights between two corrections of one row: about 1% of the rows a night


@dataclass(frozen=True)
class Timeline:
    """The rows of one table over all time.

    Args:
        columns: by contract column, an array: `datetime64[D]` for dates, `datetime64[m]` (London clock time) for
            moments, text otherwise, "" or NaT for missing.
        recorded: the day from which the row is in the extract.
        removed: the day from which it is no longer.
        follows: a column that is known only together with another one, such as a reason with its end date.
        planned: date columns that may lie after the night.
        corrected: a text column whose value changes now and then, and its wordings.
    """

    table: Table
    columns: dict[str, Array]
    recorded: Array
    removed: Array
    follows: dict[str, str] = field(default_factory=dict)
    planned: frozenset[str] = frozenset()
    corrected: tuple[str, tuple[str, ...]] | None = None

    def __len__(self) -> int:
        return len(self.recorded)

    @cached_property
    def offset(self) -> Array:
        """Where each row stands in its cycle of corrections."""
        return (np.arange(len(self), dtype=np.int64) * 7919 + len(self.table.name) * 31) % CYCLE

    def rows(self, night: np.datetime64) -> Array:
        """The positions of the rows that the extract of a night holds."""
        return np.flatnonzero((self.recorded <= night) & (self.removed > night))

    def text(self, night: np.datetime64) -> dict[str, list[str]]:
        """The extract of a night, column by column, as text."""
        chosen = self.rows(night)
        hidden: dict[str, Array] = {}
        result: dict[str, list[str]] = {}
        for name, values in self.columns.items():
            if values.dtype.kind == "M" and name not in self.planned:
                hidden[name] = values[chosen].astype("datetime64[D]") > night
        for name in self.table.column_names:
            values = self.columns[name][chosen]
            if self.corrected and name == self.corrected[0]:
                values = self._corrected(values, chosen, night)
            shown = _text(values)
            driver = self.follows.get(name)
            mask = hidden.get(driver or name)
            if driver:
                missing = np.isnat(self.columns[driver][chosen])
                mask = missing if mask is None else mask | missing
            result[name] = (np.where(mask, "", shown) if mask is not None else shown).tolist()
        return result

    def _corrected(self, values: Array, chosen: Array, night: np.datetime64) -> Array:
        assert self.corrected is not None  # noqa: S101
        wordings = np.array(self.corrected[1])
        day = (night - np.datetime64("2010-01-01", "D")).astype(np.int64)
        turn = (day - self.offset[chosen]) // CYCLE
        return np.where(values == "", "", wordings[(turn + chosen) % len(wordings)])


def _text(values: Array) -> Array:
    if values.dtype.kind != "M":
        return values.astype(str)
    shown = np.datetime_as_string(values)
    if values.dtype == np.dtype("datetime64[m]"):
        shown = np.char.add(shown, np.where(_is_summer(values), ":00+01:00", ":00+00:00"))
    return np.where(np.isnat(values), "", shown)


def _is_summer(moments: Array) -> Array:
    """Whether British Summer Time holds: last Sunday of March to last Sunday of October, 01:00 UTC."""
    years = moments.astype("datetime64[Y]")
    result = np.zeros(len(moments), dtype=bool)
    known = ~np.isnat(moments)
    begins = _last_sunday(years[known] + np.timedelta64(3, "M"))
    ends = _last_sunday(years[known] + np.timedelta64(10, "M"))
    result[known] = (moments[known] >= begins + np.timedelta64(120, "m")) & (
        moments[known] < ends + np.timedelta64(60, "m")
    )
    return result


def _last_sunday(next_month: Array) -> Array:
    last = next_month.astype("datetime64[M]").astype("datetime64[D]") - 1
    back = (last.astype(np.int64) + 4) % 7  # 1 January 1970 was a Thursday
    return (last - back).astype("datetime64[m]")
