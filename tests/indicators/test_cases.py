"""The worked cases of the catalogue through the product's own door."""

import json
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from councils import SHIPPED
from statutory import indicators
from statutory.indicators.definition import indicators as defined

CASES = [
    case
    for path in sorted((Path(__file__).parents[1] / "cases").rglob("*.json"))
    for case in json.loads(path.read_text(), parse_float=Decimal)
    if case.get("kind") == "rows" and case["indicator"] in defined(SHIPPED)
]


def rounded(value, like):
    places = Decimal(1).scaleb(like.as_tuple().exponent) if isinstance(like, Decimal) else Decimal(1)
    return None if value is None else Decimal(value).quantize(places, ROUND_HALF_UP)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['indicator']}: {case['name']}")
def test_case(scratch, case):
    days = {k: date.fromisoformat(case[k]) for k in ("period_start", "known_on") if case.get(k)}
    answer = indicators.evaluate(
        case["indicator"],
        case["rows"],
        date.fromisoformat(case["period_end"]),
        view=case.get("view"),
        parameters=case.get("parameters"),
        unsupplied=case.get("unsupplied", ()),
        connection=scratch,
        **days,
    )
    expected = case["expected"]
    members = answer.members.set_index("member_key")
    if "members" in expected:
        assert members["in_numerator"].to_dict() == expected["members"]
    assert not set(expected.get("excluded", [])) & set(members.index)
    for key, measure in expected.get("measures", {}).items():
        assert rounded(members["measure"][key], measure) == measure
    for key, due in expected.get("due", {}).items():
        assert members["due_date"][key] == (date.fromisoformat(due) if due else None)
    for name in ("numerator", "denominator"):
        if name in expected:
            assert getattr(answer, name) == expected[name]
    if "value" in expected:
        assert rounded(answer.value, expected["value"]) == expected["value"]
    for name, figure in expected.get("values", {}).items():
        assert rounded(answer.values[name], figure) == figure
    if "state" in expected:
        assert answer.state == expected["state"]


def test_there_are_cases_of_every_indicator():
    # W05, W14, W22 and W23 have arithmetic cases too; what is asked here are rows.
    assert {case["indicator"] for case in CASES} == defined(SHIPPED).keys()
