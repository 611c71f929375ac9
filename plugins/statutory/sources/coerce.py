"""Text to typed values, as SQL expressions over an expression of text.

Pattern and range are tested before the cast, because PostgreSQL accepts `today` as a date and `NaN` as a number. A
value that cannot be typed becomes null; `is_valid` finds it again. Empty and blank text is null.
A time without a zone is London time; the date of a time with a zone is the date in London.
"""

import re

# Dates before and after these are typing mistakes; nobody in the records was born before 1900.
FIRST_YEAR, LAST_YEAR = 1900, 2099
# PostgreSQL ends a statement that meets JSON nested some 15,000 deep.
MOST_BRACKETS = 5000

_DATE = r"\d{4}-\d{2}-\d{2}"
_TIME = r"\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?"
_ZONE = r"(Z|z|[+-]\d{2}(:?\d{2})?)"
_MOMENT = rf"^{_DATE}([T ]{_TIME} ?{_ZONE}?)?$"
_ZONED = rf"{_TIME} ?{_ZONE}$"
_TRUE = "'true', 't', 'yes', 'y', '1', '1.0'"
_FALSE = "'false', 'f', 'no', 'n', '0', '0.0'"
# Money as people write it: a pound sign, commas between thousands.
_MONEY = r"^-?£? ?\d{1,3}(,\d{3})+(\.\d+)?$|^-?£ ?\d+(\.\d+)?$"


def literal(text: str) -> str:
    """A text as SQL writes it; for texts of the project's own files, never for a value of a row."""
    return "'" + text.replace("'", "''") + "'"


def text(column: str) -> str:
    """The landed text without surrounding blanks, tabs and line ends, null when nothing is left."""
    return rf"nullif(btrim({column}, E' \t\r\n'), '')"


def is_valid(type_: str, value: str) -> str:
    """A condition, true for null, that a text can be typed."""
    kind = re.sub(r"\(.*", "", type_)
    if kind == "text":
        return "true"
    if kind == "numeric":
        value = _plain(value)
    year = f"left({value}, 4)::int between {FIRST_YEAR} and {LAST_YEAR}"
    # Nearly all are a bare day or a moment in this one form: patterns of few states, a quarter of the time.
    form = (
        f"case when char_length({value}) = 10 then {value} ~ '^{_DATE}$'"
        f" when {value} like '____-__-__T__:__:__+__:__' then {value} ~ '^[0-9]{{4}}-([0-9]+[-T:+])*[0-9]+$'"
        f" else {value} ~ {literal(_MOMENT)} end"
    )
    moment = f"{form} and pg_input_is_valid({value}, 'timestamptz')"
    # A case keeps the order of the tests: the year is read only from what looks like a date.
    day = f"case when {moment} then {year} else false end"
    test = {
        "date": day,
        "timestamp": day,
        "integer": rf"{value} ~ '^[+-]?\d{{1,9}}(\.0+)?$'",
        "numeric": rf"{value} ~ '^[+-]?\d{{1,30}}(\.\d{{1,30}})?$' and pg_input_is_valid({value}, {literal(type_)})",
        "boolean": f"lower({value}) in ({_TRUE}, {_FALSE})",
        "jsonb": is_json(value),
        "bytea": f"pg_input_is_valid({value}, 'bytea')",
    }[kind]
    return f"({value} is null or ({test}))"


def is_json(value: str) -> str:
    """A condition that a text is JSON, not nested deeper than PostgreSQL can parse."""
    brackets = f"char_length({value}) - char_length(translate({value}, '[{{', ''))"
    return f"case when {brackets} <= {MOST_BRACKETS} then pg_input_is_valid({value}, 'jsonb') else false end"


def typed(type_: str, value: str) -> str:
    """The typed value of a text; null where it is null or cannot be typed."""
    kind = re.sub(r"\(.*", "", type_)
    if kind == "text":
        return value
    if kind == "numeric":
        value = _plain(value)
    moment = f"({value})::timestamptz"
    cast = {
        "date": f"case when char_length({value}) > 10 and {value} ~ {literal(_ZONED)}"
        f" then ({moment} at time zone 'Europe/London')::date"
        f" else left({value}, 10)::date end",
        "timestamp": moment,
        "integer": f"({value})::numeric::integer",
        "boolean": f"lower({value}) in ({_TRUE})",
    }.get(kind, f"({value})::{type_}")
    return f"case when {is_valid(type_, value)} then {cast} end"


def _plain(value: str) -> str:
    """A number without a pound sign and commas between thousands."""
    return f"case when {value} ~ {literal(_MONEY)} then translate({value}, '£, ', '') else {value} end"
