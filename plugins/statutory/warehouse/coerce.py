"""From landed text to typed values, as SQL expressions generated from the contract.

A pattern and a range are tested first, then the cast: PostgreSQL's own test takes `today` for a date and `NaN` for a
number. A value that cannot be typed becomes null; `is_rejected` finds it again. Empty and blank text is null.
A moment without a zone is London's; the date of a moment with a zone is taken in London.
"""

import re
from typing import Protocol


class Column(Protocol):
    """A column of landed text, and what it is to become."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def type(self) -> str:
        """The type of its values."""


# Dates before and after these are typing mistakes; nobody in the records was born before 1900.
FIRST_YEAR, LAST_YEAR = 1900, 2099

_DATE = r"\d{4}-\d{2}-\d{2}"
_TIME = r"\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?"
_ZONE = r"(Z|z|[+-]\d{2}(:?\d{2})?)"
_MOMENT = rf"^{_DATE}([T ]{_TIME} ?{_ZONE}?)?$"
_ZONED = rf"{_TIME} ?{_ZONE}$"
_TRUE = "'true', 't', 'yes', 'y', '1'"
_FALSE = "'false', 'f', 'no', 'n', '0'"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def text(column: str) -> str:
    """The landed text without surrounding blanks, null when nothing is left."""
    return f"nullif(btrim({column}), '')"


def is_valid(column: Column, relation: str = "landed") -> str:
    """A condition, true for null, that the text of the column can be typed; no relation means a bare name."""
    value = text(f"{relation}.{column.name}" if relation else column.name)
    kind = re.sub(r"\(.*", "", column.type)
    year = f"left({value}, 4)::int between {FIRST_YEAR} and {LAST_YEAR}"
    tests = {
        "text": "true",
        "date": f"{value} ~ {_literal(_MOMENT)} and pg_input_is_valid({value}, 'timestamptz')",
        "timestamp": f"{value} ~ {_literal(_MOMENT)} and pg_input_is_valid({value}, 'timestamptz')",
        "integer": rf"{value} ~ '^[+-]?\d{{1,9}}(\.0+)?$'",
        "numeric": rf"{value} ~ '^[+-]?\d{{1,30}}(\.\d{{1,30}})?$'"
        f" and pg_input_is_valid({value}, {_literal(column.type)})",
        "boolean": f"lower({value}) in ({_TRUE}, {_FALSE})",
        "jsonb": f"pg_input_is_valid({value}, 'jsonb')",
        "bytea": f"pg_input_is_valid({value}, 'bytea')",
    }
    if kind == "text":
        return "true"
    test = tests[kind]
    if kind in ("date", "timestamp"):
        # A case keeps the order of the tests: the year is read only from what looks like a date.
        test = f"case when {test} then {year} else false end"
    return f"({value} is null or ({test}))"


def typed(column: Column, relation: str = "landed") -> str:
    """The typed value of the column; null where the text is empty or cannot be typed."""
    value = text(f"{relation}.{column.name}" if relation else column.name)
    kind = re.sub(r"\(.*", "", column.type)
    moment = f"({value})::timestamptz"
    cast = {
        "date": f"case when {value} ~ {_literal(_ZONED)} then ({moment} at time zone 'Europe/London')::date"
        f" else left({value}, 10)::date end",
        "timestamp": moment,
        "integer": f"({value})::numeric::integer",
        "boolean": f"lower({value}) in ({_TRUE})",
    }.get(kind, f"({value})::{column.type}")
    return value if kind == "text" else f"case when {is_valid(column, relation)} then {cast} end"


def is_rejected(column: Column, relation: str = "landed") -> str:
    """A condition that the column holds a value which was lost in typing."""
    return f"not {is_valid(column, relation)}"
