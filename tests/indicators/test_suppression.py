"""Small counts are hidden, and nothing that is shown gives them away."""

import pytest

from statutory.indicators.suppression import hidden_parts, is_small


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (5, True), (6, False)])
def test_one_to_five_is_small(count, small):
    assert is_small(count) is small


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 10, "b": 20, "c": 0}, set()),
        ({"a": 3, "b": 20, "c": 30}, {"a", "b"}),  # alone it is the total less the others
        ({"a": 3, "b": 4, "c": 30}, {"a", "b"}),  # seven people in two parts
        ({"a": 1, "b": 1, "c": 30, "d": 40}, {"a", "b", "c"}),  # two people in two parts are one each
        ({"a": 5, "b": 0, "c": 6}, {"a", "c"}),
        ({"a": 3}, {"a"}),
        ({"a": 3, "b": 0}, {"a"}),
        ({"a": 4, "b": 9, "c": 9}, {"a", "b"}),
        ({}, set()),
    ],
)
def test_parts_are_hidden_until_the_total_gives_none_away(counts, hidden):
    assert hidden_parts(counts) == hidden
