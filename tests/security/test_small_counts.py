"""No hidden count is found out from anything public, by any sum or difference, on any night and in any period.

An attacker knows the rule and what each figure counts. Shown is what a relation of four nights of the synthetic council
holds for readers; the public pack and the councillors' report are made of the same rows (tests/packs).
"""

import itertools
from datetime import date

import numpy as np
import pytest

from councils import SHIPPED
from statutory.indicators.definition import indicators

NIGHTS = [date(2025, 9, 30), date(2025, 10, 31), date(2025, 11, 13), date(2025, 11, 14)]
PROTECTED = range(1, 6)
STEP = 5
FAR = 10**9
KNOWN = indicators(SHIPPED)


@pytest.mark.parametrize(("added", "taken"), list(itertools.product(range(1, 5), range(4))))
def test_a_sum_of_shown_counts_leaves_two_values_open_of_each_hidden_one(added, taken):
    """Each count shown is up to four less; so what is hidden lies between the sum of what is added, less four each,
    less what is taken, and that plus four for each taken. Sums of what is shown are multiples of five."""
    for shown in range(-50, 50, STEP):
        left = [one for one in PROTECTED if shown - 4 * added <= one <= shown + 4 * taken]
        assert len(left) != 1


def test_rounding_to_the_nearest_five_would_give_a_hidden_count_away():
    # 27 = 13 + 13 + 1 is shown as 25, 15 and 15; the total is 27 at most and the parts are 13 at least.
    total, part = range(23, 28), range(13, 18)
    assert {t - a - b for t in total for a in part for b in part} & set(PROTECTED) == {1}


@pytest.fixture(scope="module")
def nights(council):
    """By night the rows that anybody may see, with the true counts beside them, and who is counted in what."""
    found = {}
    with council(NIGHTS, children=300, with_parts=False) as each:
        for connection, night, _ in each:
            rows = connection.execute(
                """
                select indicator_id, view, figure, public_value.period_end, kept.numerator, kept.denominator,
                    public_value.numerator, public_value.denominator, public_value.value, is_hidden
                from public_value
                inner join indicator_value as kept using (indicator_id, view, period_kind, period_end, figure)
                where kept.breakdown = 'whole'
                """
            ).fetchall()
            members = connection.execute(
                """
                select indicator_id, view, member_key, numerator::float8, denominator::float8, bands
                from indicator_member
                inner join unnest(%s::text[], %s::text[]) as first (indicator_id, period_kind)
                    using (indicator_id, period_kind)
                where period_end = %s
                """,
                ([one.id for one in KNOWN.values()], [one.periods[0] for one in KNOWN.values()], night),
            ).fetchall()
            found[night] = rows, members
    return found


class Attack:
    """What an attacker knows: for each count and point (night and period) the least and the most it can be.

    Counts are (indicator, view, figure, part), the part a numerator or a denominator. `told` says from the true
    count, the one shown and whether it is hidden what can be known at first.
    """

    def __init__(self, nights, told):
        self.points = sorted({(night, row[3]) for night, (rows, _) in nights.items() for row in rows})
        places = {point: place for place, point in enumerate(self.points)}
        shape = (len(self.points),)
        self.true, self.least, self.most = {}, {}, {}
        for night, (rows, _) in nights.items():
            # Where any part of a whole is shown, the hidden ones are not nothing; else nobody knows which are.
            with_a_shown_part = {
                (row[0], row[1], row[3]) for row in rows if row[2] in KNOWN[row[0]].bands and row[6] is not None
            }
            for indicator, view, figure, end, *parts, _value, is_hidden in rows:
                for part, true, shown in zip(("numerator", "denominator"), parts[:2], parts[2:], strict=True):
                    if true is None or true != int(true):
                        continue  # hours, pounds and full-time equivalents are of nobody alone
                    name, at = (indicator, view, figure, part), places[night, end]
                    if name not in self.true:
                        self.true[name] = np.full(shape, np.nan)
                        self.least[name], self.most[name] = np.zeros(shape), np.full(shape, FAR)
                    self.true[name][at] = int(true)
                    least, most = told(int(true), shown, is_hidden)
                    if is_hidden and figure not in KNOWN[indicator].bands and parts[1] is None:
                        most = 5  # a count alone is hidden for its own sake
                    if (
                        is_hidden
                        and least < 1
                        and (
                            most == 5
                            or (figure in KNOWN[indicator].bands and (indicator, view, end) in with_a_shown_part)
                        )
                    ):
                        least = 1
                    self.least[name][at], self.most[name][at] = least, most

    def relations(self, nights):
        """Which counts are another's sum, found by whom they count: (sign, count) that together are 0."""
        totals = self._totals(nights)
        by_total: dict[int, list] = {}
        for name, total in totals.items():
            by_total.setdefault(total, []).append(name)
        # One count stands for all that count the same people; that they do is a relation too.
        found = [((1, same[0]), (-1, other)) for same in by_total.values() for other in same[1:]]
        one_of = {same[0]: total for total, same in by_total.items()}
        pairs: dict[int, list] = {total: [(name,)] for name, total in one_of.items()}
        for one, two in itertools.combinations(one_of, 2):
            pairs.setdefault(one_of[one] + one_of[two], []).append((one, two))
        for hidden in filter(self._is_secret, one_of):
            for whole, total in one_of.items():
                for others in pairs.get(total - one_of[hidden], ()):
                    if len({whole, hidden, *others}) == 2 + len(others):
                        found.append(((1, whole), (-1, hidden), *((-1, other) for other in others)))
        return found + self._bands()

    def _totals(self, nights):
        """The sum over whom each count counts of a number that stands for them, so that equal sums are equal sets."""
        rng = np.random.default_rng(1)
        number: dict[tuple, int] = {}
        totals: dict[tuple, int] = {}

        def add(name, counted, weight):
            if counted and name in self.true:
                totals[name] = totals.get(name, 0) + round(counted * 1000) * weight

        for night, (_, members) in nights.items():
            for indicator, view, key, numerator, denominator, bands in members:
                one = KNOWN[indicator]
                weight = number.setdefault((night, key), int(rng.integers(1, 2**62)))
                for figure in {"percent", "count", "sum", "ratio"}.intersection(one.main_figures):
                    add((indicator, view, figure, "numerator"), numerator, weight)
                    if figure not in ("count", "sum"):
                        add((indicator, view, figure, "denominator"), denominator, weight)
                add((indicator, view, "headcount", "numerator"), 1, weight)
                if one.file.header.get("band_figure", "count") == "count":
                    for band in set(bands or ()) & set(one.bands):
                        add((indicator, view, band, "numerator"), 1, weight)
        return totals

    def _bands(self):
        """Each count as the sum of all its bands, where that is so."""
        found = []
        for indicator in KNOWN.values():
            for view in indicator.views:
                whole = (indicator.id, view, "count", "numerator")
                bands = [(indicator.id, view, band, "numerator") for band in indicator.bands]
                if bands and whole in self.true and all(band in self.true for band in bands):
                    found.append(((1, whole), *((-1, band) for band in bands)))
        return found

    def _is_secret(self, name):
        true = self.true[name]
        return bool(((true >= 1) & (true <= 5)).any())

    def work_out(self, relations):
        """Narrow what each count can be by every relation that holds, until nothing more follows."""
        held = []
        for relation in relations:
            holds = sum(sign * self.true[name] for sign, name in relation) == 0
            if holds.any():
                held.append((relation, holds))
        for _ in range(20):
            narrowed = False
            for relation, holds in held:
                for sign, name in relation:
                    rest = [(s, n) for s, n in relation if n != name]
                    # sign * count = - sum of the rest, between the sums of what the rest is at least and at most
                    low = -sum(s * (self.most[n] if s > 0 else self.least[n]) for s, n in rest)
                    high = -sum(s * (self.least[n] if s > 0 else self.most[n]) for s, n in rest)
                    if sign < 0:
                        low, high = -high, -low
                    least = np.where(holds, np.maximum(self.least[name], low), self.least[name])
                    most = np.where(holds, np.minimum(self.most[name], high), self.most[name])
                    if (least > self.least[name]).any() or (most < self.most[name]).any():
                        narrowed = True
                        self.least[name], self.most[name] = least, most
            if not narrowed:
                break
        return held

    def found_out(self):
        """The small counts of which one value alone is left, with the night and the period."""
        found = []
        for name, true in self.true.items():
            small = (true >= 1) & (true <= 5) & (self.least[name] == self.most[name])
            found += [(name, *self.points[at]) for at in np.flatnonzero(small)]
        return found


def by_the_rule(true, shown, is_hidden):
    """Shown is a step of five; of what is hidden for another's sake, of a share or an empty figure nothing is known."""
    return (0, FAR) if is_hidden or shown is None else (max(int(shown) - STEP + 1, 0), int(shown))


def by_hiding_alone(true, shown, is_hidden):
    """The rule switched off: a count of 1 to 5 is hidden, and anything else stands as it is."""
    return (1, 5) if 1 <= true <= 5 else (true, true)


def test_nothing_public_gives_a_hidden_count_away(nights):
    attack = Attack(nights, by_the_rule)
    relations = attack.relations(nights)
    held = attack.work_out(relations)
    assert len(held) > 100
    assert attack.found_out() == []


def test_without_the_rule_the_same_attack_finds_hidden_counts(nights):
    attack = Attack(nights, by_hiding_alone)
    attack.work_out(attack.relations(nights))
    assert len(attack.found_out()) > 10


def test_no_count_of_one_to_five_and_nothing_but_steps_of_five_is_shown(nights):
    looked_at = set()
    for rows, _ in nights.values():
        for indicator, _, figure, _, _, _, *shown, value, is_hidden in rows:
            counts = (*shown, value) if shown[1] is None and shown[0] is not None else shown
            assert not is_hidden or {*counts, value} == {None}
            assert all(count % STEP == 0 for count in counts if count is not None), (indicator, figure)
            looked_at.add((indicator, figure))
    assert {name for name, _ in looked_at} == KNOWN.keys()
