"""The public edition: what is shown gives no hidden count away, by any sum or difference of it."""

from datetime import date
from decimal import Decimal

import pytest

from statutory.indicators import results, values
from statutory.packs import editions
from statutory.warehouse.build import build_night

NIGHT = date(2026, 9, 30)


@pytest.fixture
def kept(connection, loaded):
    """A night that keeps what the tests say."""
    loaded(NIGHT)
    build_night(connection, NIGHT)
    values.pin(connection, NIGHT)
    connection.execute(results.RESULTS)
    return connection


def keep(connection, indicator, figure, members, *, kind="snapshot"):
    """Keep members as key: (numerator, denominator, band), and give the row of a figure of them."""
    for key, (numerator, denominator, band) in members.items():
        connection.execute(
            "insert into indicator_member (indicator_id, view, period_kind, period_end, member_key, numerator,"
            " denominator, bands) values (%s, 'members', %s, %s, %s, %s, %s, %s) on conflict do nothing",
            (indicator, kind, NIGHT, key, numerator, denominator, [band] if band else None),
        )
    rows = members.values()
    numerator, denominator = sum(n or 0 for n, _, _ in rows), sum(d or 0 for _, d, _ in rows)
    value = {
        "percent": Decimal(100 * numerator) / (denominator or 1), "count": Decimal(numerator)
    }.get(figure, Decimal(sum(band == figure for _, _, band in rows)))  # fmt: skip
    return {
        "indicator_id": indicator, "view": "members", "period_kind": kind, "figure": figure, "value": value,
        "numerator": Decimal(numerator), "denominator": Decimal(denominator) if denominator else None,
    }  # fmt: skip


def some(letter, count, numerator=1, denominator=None, band=None):
    return {f"{letter}{number}": (numerator, denominator, band) for number in range(count)}


def withheld(connection, *shown):
    return {key[0] for key in editions.public(connection, shown, [row["indicator_id"] for row in shown]).withheld}


def test_a_count_that_with_another_gives_a_hidden_one_away_is_withheld(kept):
    # 12 children in need, 9 of them with a plan for children in need, 3 on a protection plan.
    of_all = keep(kept, "D11", "count", some("a", 12))
    planned = keep(kept, "D12", "count", some("a", 9))
    protected = keep(kept, "D18", "count", {f"a{n}": (1, None, None) for n in (9, 10, 11)})
    assert withheld(kept, of_all, planned, protected) == {"D12"}
    # The first named is shown, whichever it is.
    assert withheld(kept, planned, of_all, protected) == {"D11"}


def test_what_gives_nothing_away_stays(kept):
    of_all = keep(kept, "D11", "count", some("a", 12))
    others = keep(kept, "D12", "count", some("b", 9))
    hidden = keep(kept, "D18", "count", some("a", 3))
    assert withheld(kept, of_all, others, hidden) == set()


def test_three_that_together_give_one_away(kept):
    # 20 = 8 + 9 + 3: none of the three shown says it alone.
    of_all = keep(kept, "D11", "count", some("a", 8) | some("b", 9) | some("c", 3))
    first, second = keep(kept, "D12", "count", some("a", 8)), keep(kept, "D28", "count", some("b", 9))
    hidden = keep(kept, "D18", "count", some("c", 3))
    assert withheld(kept, of_all, first, second, hidden) == {"D28"}


def test_of_a_share_that_is_hidden_it_is_the_few_that_must_not_be_found(kept):
    # 2 of 20 were not seen: the share is hidden, and 18 beside 20 elsewhere would say it.
    share = keep(kept, "T17", "percent", some("a", 18, 1, 1) | some("z", 2, 0, 1))
    seen = keep(kept, "D12", "count", some("a", 18))
    of_all = keep(kept, "D11", "count", some("a", 18) | some("z", 2))
    assert withheld(kept, seen, share) == set()
    assert withheld(kept, seen, of_all, share) == {"D11"}


def test_a_share_that_is_shown_tells_both_of_its_counts(kept):
    share = keep(kept, "T17", "percent", some("a", 12, 1, 1) | some("b", 8, 0, 1))
    hidden = keep(kept, "D18", "count", some("b", 3))
    rest = keep(kept, "D12", "count", some("a", 12) | {f"b{n}": (1, None, None) for n in range(3, 8)})
    assert withheld(kept, share, rest, hidden) == {"D12"}  # 20 - 17


def test_the_bands_of_a_chart_are_figures_too(kept):
    rows = some("a", 9, band="past the limit") | some("b", 3, band="due soon")
    of_all = keep(kept, "T06", "count", rows)
    past, soon = keep(kept, "T06", "past the limit", rows), keep(kept, "T06", "due soon", rows)
    found = editions.public(kept, [of_all, past, soon], ["T06"]).withheld
    assert found == {("T06", "members", "snapshot", "past the limit")}


def test_counts_alike_are_one_count(kept):
    # What is counted twice under two names gives nothing more away than once.
    one, other = keep(kept, "D11", "count", some("a", 12)), keep(kept, "D12", "count", some("a", 12))
    hidden = keep(kept, "D18", "count", some("a", 3))
    assert withheld(kept, one, other, hidden) == set()


def test_nothing_hidden_withholds_nothing(kept):
    assert withheld(kept, keep(kept, "D11", "count", some("a", 12)), keep(kept, "D12", "count", some("a", 9))) == set()


def test_the_inspectors_edition_hides_nothing(kept):
    small = keep(kept, "D18", "count", some("a", 3))
    assert not editions.INSPECTORS.hides(small, ("count",))
    assert editions.PUBLIC.hides(small, ("count",))


def test_the_order_in_which_the_rows_come_changes_nothing(kept):
    rows = some("a", 9, band="past the limit") | some("b", 7, band="due later") | some("c", 3, band="due soon")
    told = [keep(kept, "T06", figure, rows) for figure in ("count", "past the limit", "due soon", "due later")]
    found = {editions.public(kept, order, ["T06"]).withheld for order in (told, told[::-1], told[2:] + told[:2])}
    assert found == {frozenset({("T06", "members", "snapshot", "due later")})}
