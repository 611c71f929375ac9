from datetime import date
from decimal import Decimal

import pytest

from statutory.sources import canonical, contract

DATE = contract.table("hr_contract").column("start_date")
MOMENT = contract.table("rhi_offer").column("held_at")
FTE = contract.table("hr_contract").column("fte")
BOOLEAN = contract.table("hr_post").column("csww_scope")
INTEGER = contract.table("hr_worker").column("step_up_grad")


def typed(connection, column, value):
    """The typed value and whether the text was lost."""
    figures = f"{canonical.typed(column)}, {canonical.is_rejected(column)}"
    return connection.execute(
        f"select {figures} from unnest(%s::text[]) as landed ({column.name})", ([value],)
    ).fetchone()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2028-02-29", date(2028, 2, 29)),
        (" 2026-03-31 ", date(2026, 3, 31)),
        ("2026-06-30T23:30:00Z", date(2026, 7, 1)),  # British Summer Time is UTC + 1
        ("2026-01-31T23:30:00Z", date(2026, 1, 31)),
        ("2026-06-30 00:00:00", date(2026, 6, 30)),
        ("", None),
        (None, None),
    ],
)
def test_dates(connection, value, expected):
    assert typed(connection, DATE, value) == (expected, False)


@pytest.mark.parametrize(
    "value", ["today", "infinity", "31/02/2025", "2027-02-29", "01/02/2026", "0026-01-01", "2200-01-01"]
)
def test_what_is_no_date_is_lost_and_counted(connection, value):
    assert typed(connection, DATE, value) == (None, True)


@pytest.mark.parametrize(
    "value",
    [
        "20-6-07-01T00:30:00+01:00", "2026-0-07-01T00:30:00+01:00", "2026-07-01T00:3-:00+01:00",
        "2026-07-01T00:30:00+01:0:", "2026-07-01T00:30:00+0a:00", "2026-13-01T00:30:00+01:00",
        "1899-12-31T00:30:00+00:00", "2026-07-01T24:61:00+01:00", "2026-07-01T00:30:00.1234567890",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_lost_and_counted(connection, value):
    assert typed(connection, MOMENT, value) == (None, True)


def test_a_moment_with_its_zone_is_that_moment(connection):
    for said in ("2026-07-01T00:30:00+01:00", "2026-06-30T23:30:00Z", "2026-06-30 23:30:00.000 +00"):
        value, lost = typed(connection, MOMENT, said)
        assert (value.isoformat(), lost) == ("2026-07-01T00:30:00+01:00", False)


def test_a_moment_without_a_zone_is_londons(connection):
    value, lost = typed(connection, MOMENT, "2026-07-01 00:30:00")
    assert not lost
    assert value.isoformat() == "2026-07-01T00:30:00+01:00"


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        (FTE, "0.333333", (Decimal("0.333333"), False)),
        (FTE, "NaN", (None, True)),
        (FTE, "1e3", (None, True)),
        (FTE, "1000000", (None, True)),
        (BOOLEAN, "Yes", (True, False)),
        (BOOLEAN, "0", (False, False)),
        (BOOLEAN, "perhaps", (None, True)),
        (INTEGER, "1.0", (1, False)),
        (INTEGER, "1.5", (None, True)),
    ],
)
def test_numbers_and_booleans(connection, column, value, expected):
    assert typed(connection, column, value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("£48,490.00", Decimal("48490.00")), ("48,490", Decimal(48490)), ("£ 35.50", Decimal("35.50")),
        ("1,234,567.8", Decimal("1234567.8")), ("-£1,000", Decimal(-1000)),
    ],
)  # fmt: skip
def test_money_as_people_write_it(connection, value, expected):
    column = contract.table("hr_contract").column("base_salary_actual")
    assert typed(connection, column, value) == (expected, False)


@pytest.mark.parametrize("value", ["1,00", "48,49.00", "£", "$5"])
def test_a_comma_that_may_be_a_point_is_no_number(connection, value):
    assert typed(connection, contract.table("hr_contract").column("base_salary_actual"), value) == (None, True)
