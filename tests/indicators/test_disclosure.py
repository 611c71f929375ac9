"""The disclosure rule by hand: what is hidden, to what a count is rounded, and of what a share is made."""

from decimal import Decimal

import pytest
from psycopg import sql

from statutory.indicators import disclosure


@pytest.fixture
def told(connection):
    """What the rule makes of figures as (name, numerator, denominator, value): by name the value shown, or "c"."""

    def of(*figures, is_part=False):
        given = sql.SQL(" union all ").join(
            sql.SQL("select {}, 'one' as whole, {} as is_part, {}::numeric, {}::numeric, {}::numeric").format(
                sql.Literal(name), sql.Literal(is_part), *map(sql.Literal, rest)
            )
            for name, *rest in figures
        )
        select = sql.SQL(
            "with counted (name, whole, is_part, numerator, denominator, value) as ({})"
            " select name, case when is_hidden then 'c' else public_value::text end,"
            " public_numerator, public_denominator from ({}) as told"
        ).format(given, disclosure.rule())
        return {name: rest for name, *rest in connection.execute(select)}

    return of


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "0"), (1, "c"), (5, "c"), (6, "10"), (10, "10"), (11, "15"), ("0.4", "c"), ("5.2", "10"), (None, None)],
)
def test_a_count_of_one_to_five_is_hidden_and_any_other_is_rounded_up_to_the_next_five(told, count, shown):
    ((found, numerator, denominator),) = told(("count", count, None, count)).values()
    assert found == shown
    assert (numerator, denominator) == (None if shown in ("c", None) else Decimal(shown), None)


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (27, 64, "44"),  # 26 to 30 of 61 to 65: 28 of 63
        (6, 50, "17"),  # 8 of 48
        (5, 60, "c"),
        (55, 60, "c"),  # the others are five
        (54, 60, "91"),  # 53 of 58
        (60, 60, "100"),
        (0, 50, "0"),
        (0, 49, "c"),  # a base of under fifty
        (49, 49, "c"),
    ],
)
def test_a_share_is_made_of_its_rounded_counts_and_hidden_where_they_are_small(told, numerator, denominator, shown):
    value = Decimal(100 * numerator) / denominator
    ((found, *parts),) = told(("percent", numerator, denominator, value)).values()
    assert Decimal(found) == Decimal(shown) if shown != "c" else found == "c"
    up = [5 * -(-n // 5) for n in (numerator, denominator)]
    assert parts == ([None, None] if shown == "c" else up)


def test_a_rate_and_a_ratio_keep_one_decimal(told):
    # 1,362 of 41,250 is 1,363 of 41,248 in the middle of both steps; cases 1,443 to a hundred workers 1,443 to 98.
    rate = told(("rate", 1362, 41250, Decimal(10000 * 1362) / 41250))["rate"]
    assert rate == ["330.4", Decimal(1365), Decimal(41250)]
    assert told(("ratio", 1443, 100, Decimal("14.43")))["ratio"][0] == "14.7"


@pytest.mark.parametrize(("base", "shown"), [(9, "c"), (10, "12.5"), (None, "c")])
def test_an_average_needs_a_base_of_ten_and_the_largest_value_has_none(told, base, shown):
    assert told(("median", None, base, "12.5"))["median"][0] == shown


def test_what_has_no_value_is_neither_shown_nor_hidden(told):
    assert told(("percent", 3, 7, None))["percent"] == [None, None, None]


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        ({"a": 10, "b": 20, "c": 0}, set()),
        ({"a": 3, "b": 20, "c": 30}, {"a", "b"}),  # alone it would be the total less the others
        ({"a": 3, "b": 4, "c": 30, "d": 0}, {"a", "b", "c"}),
        ({"a": 1, "b": 9, "c": 9}, {"a", "b"}),  # of two alike the first by name, every time
        ({"a": 3, "b": 0, "c": 2}, {"a", "b", "c"}),  # no other to hide: not even which there are none of
        ({"a": 3}, {"a"}),
        ({"a": 0, "b": 0}, set()),
    ],
)
def test_where_a_part_is_hidden_so_is_the_smallest_other(told, parts, hidden):
    found = told(*((name, count, None, count) for name, count in parts.items()), is_part=True)
    assert {name for name, (value, *_) in found.items() if value == "c"} == hidden
