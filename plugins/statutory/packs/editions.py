"""The two editions of what is told of a night: inspectors' whole, and the public's with small counts hidden.

What a figure of the public edition would give away is found by algebra: every figure shown is a sum over records, each
with a weight, and a hidden count is given away where it is a sum of multiples of what is shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from statutory.indicators import definition
from statutory.indicators.definition import Indicator
from statutory.indicators.suppression import is_small
from statutory.packs.figures import ADDED_UP, Row
from statutory.warehouse.connection import Connection

LEAST_BASE = 10  # of fewer no percentage is published
NEARLY_NOTHING = 1e-6  # of a vector's length, what is left of it by rounding

Key = tuple[str, str, str, str]  # indicator, view, kind of period, figure
Place = tuple[str, str, str]  # indicator, view, kind of period
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Edition:
    """One of the two editions; `withheld` are the newest figures that would give a hidden one away."""

    name: str
    is_public: bool
    withheld: frozenset[Key] = frozenset()

    def hides(self, row: Row, main: Sequence[str]) -> bool:
        """Whether the edition hides a row of values; `main` are the figures that its indicator names."""
        return self.is_public and (is_hidden(row, main) or (bool(self.withheld) and _key(row) in self.withheld))


INSPECTORS, PUBLIC = Edition("inspectors", is_public=False), Edition("public", is_public=True)


def is_hidden(row: Row, main: Sequence[str]) -> bool:
    """Whether a row of values would show a person: a small count, a share with a small part, or of a small base."""
    value, numerator, denominator = (row[name] for name in ("value", "numerator", "denominator"))
    if value is None:
        return False
    if _is_count(row, main):
        return is_small_number(value)
    if numerator is None and denominator is None:
        return False
    if denominator is not None and denominator < LEAST_BASE:
        return True
    rest = None if denominator is None or numerator is None else denominator - numerator
    return any(is_small_number(part) for part in (numerator, rest) if part is not None)


def is_small_number(number: Decimal) -> bool:
    """Whether a count, or hours of so few people, would show a person."""
    return is_small(1) if 0 < number < 1 else is_small(int(number))


def public(connection: Connection, night_rows: Iterable[Row], names: Iterable[str]) -> Edition:
    """The public edition of a night: of the indicators named, in that order, what is hidden beside the small.

    A figure is shown where what is shown before it and the figure together give no hidden count away. Records that are
    counted alike everywhere are one unknown.

    Args:
        connection: its search path is on the night.
        night_rows: the rows of `indicator_value` that would be shown of the newest period, in whole.
        names: the indicators from which something is shown anywhere, the most important first.
    """
    defined = definition.indicators()
    order = {name: place for place, name in enumerate(dict.fromkeys(names))}

    def place(row: Row) -> tuple[int, int, int]:
        indicator = defined[row["indicator_id"]]
        figures = list(indicator.figures)
        return order[indicator.id], indicator.views.index(row["view"]), figures.index(row["figure"])

    asked = sorted((row for row in night_rows if row["indicator_id"] in order and row["value"] is not None), key=place)
    weights = _Weights(connection, [_place(row) for row in asked])
    secret = _Secret([part for row in asked for part in _small_parts(row, defined[row["indicator_id"]], weights)])
    withheld = set()
    for row in asked:
        indicator = defined[row["indicator_id"]]
        if not is_hidden(row, indicator.main_figures) and not secret.survives(_told_by(row, indicator, weights)):
            withheld.add(_key(row))
    return replace(PUBLIC, withheld=frozenset(withheld))


def _key(row: Row) -> Key:
    return row["indicator_id"], row["view"], row["period_kind"], row["figure"]


def _place(row: Row) -> Place:
    return row["indicator_id"], row["view"], row["period_kind"]


def _is_count(row: Row, main: Sequence[str]) -> bool:
    return row["figure"] in ADDED_UP or row["figure"] not in main


def _own(row: Row, indicator: Indicator, weights: "_Weights") -> list[Vector]:
    """What a figure that is a count adds up."""
    at = _place(row)
    if row["figure"] in indicator.bands:
        is_counted = indicator.file.header.get("band_figure", "count") == "count"
        return [weights.band(at, row["figure"])] if is_counted else []
    if row["figure"] == "headcount":
        return [weights.present(at)]
    return [weights.numerator(at)] if row["figure"] in ADDED_UP else []


def _told_by(row: Row, indicator: Indicator, weights: "_Weights") -> list[Vector]:
    """What a figure shown tells: what it counts, and beside it of how many it is."""
    at = _place(row)
    told = _own(row, indicator, weights)
    if row["figure"] not in indicator.bands and row["numerator"] is not None and row["denominator"] is not None:
        told += [weights.numerator(at), weights.denominator(at)]
    return told


def _small_parts(row: Row, indicator: Indicator, weights: "_Weights") -> list[Vector]:
    """What must not be found out of a hidden figure: those of its parts that are small."""
    main = indicator.main_figures
    if not is_hidden(row, main):
        return []
    if _is_count(row, main):
        return _own(row, indicator, weights)
    at = _place(row)
    numerator, denominator = row["numerator"], row["denominator"]
    found = []
    if numerator is not None and is_small_number(numerator):
        found.append(weights.numerator(at))
    if denominator is not None and is_small_number(denominator):
        found.append(weights.denominator(at))
    if numerator is not None and denominator is not None and is_small_number(denominator - numerator):
        found.append(weights.denominator(at) - weights.numerator(at))
    return found


class _Secret:
    """Hidden counts, and what can be worked out of them from the figures shown so far."""

    def __init__(self, hidden: Sequence[Vector]) -> None:
        kept = [vector for vector in hidden if vector.any()]
        self._left: NDArray[np.float64] = np.array(kept) if kept else np.zeros((0, 0))
        self._least = np.linalg.norm(self._left, axis=1) * NEARLY_NOTHING
        self._known: list[Vector] = []

    def survives(self, told: Sequence[Vector]) -> bool:
        """Whether no hidden count is found out once this is told too; then it is told."""
        if not len(self._left):
            return True
        left = self._left
        new: list[Vector] = []
        for vector in told:
            rest = vector.copy()
            for _ in range(2):  # once more, for what rounding left
                for known in (*self._known, *new):
                    rest -= (rest @ known) * known
            length = np.linalg.norm(rest)
            if length <= NEARLY_NOTHING * max(float(np.linalg.norm(vector)), 1.0):
                continue
            new.append(rest / length)
            left = left - np.outer(left @ new[-1], new[-1])
        if (np.linalg.norm(left, axis=1) <= self._least).any():
            return False
        self._left = left
        self._known += new
        return True


class _Weights:
    """With what weight the records count in each indicator; records that count alike everywhere are one."""

    def __init__(self, connection: Connection, asked: Iterable[Place]) -> None:
        self._number = {at: number for number, at in enumerate(dict.fromkeys(asked))}
        found = connection.execute(
            """
            with counted as materialized (
                select asked.number - 1 as number, member_key, numerator, denominator, bands
                from indicator_member
                inner join unnest(%s::text[], %s::text[], %s::text[])
                    with ordinality as asked (indicator_id, view, period_kind, number)
                    using (indicator_id, view, period_kind)
            ),
            alike as (
                select min(member_key) as member_key
                from (
                    select member_key, array_agg((number, numerator, denominator, bands)::text order by number) as way
                    from counted group by member_key
                ) as record
                group by way
            )
            select number, dense_rank() over (order by member_key) - 1, numerator::float8, denominator::float8, bands
            from counted inner join alike using (member_key)
            """,
            [[at[part] for at in self._number] for part in range(3)],
        ).fetchall()
        self._size = 1 + max((place for _, place, *_ in found), default=-1)
        self._found: dict[int, list[tuple[int, float | None, float | None, list[str] | None]]] = defaultdict(list)
        for number, *rest in found:
            self._found[number].append((rest[0], rest[1], rest[2], rest[3]))

    def numerator(self, at: Place) -> Vector:
        """What counts in the numerator, and how much."""
        return self._vector((place, numerator or 0.0) for place, numerator, _, _ in self._found[self._number[at]])

    def denominator(self, at: Place) -> Vector:
        """What counts in the denominator, and how much."""
        return self._vector((place, denominator or 0.0) for place, _, denominator, _ in self._found[self._number[at]])

    def present(self, at: Place) -> Vector:
        """Each member once."""
        return self._vector((place, 1.0) for place, *_ in self._found[self._number[at]])

    def band(self, at: Place, band: str) -> Vector:
        """Each member of a band once."""
        members = self._found[self._number[at]]
        return self._vector((place, 1.0) for place, _, _, bands in members if bands and band in bands)

    def _vector(self, weights: Iterable[tuple[int, float]]) -> Vector:
        made = np.zeros(self._size)
        for place, weight in weights:
            made[place] = weight
        return made
