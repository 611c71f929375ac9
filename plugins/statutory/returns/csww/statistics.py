"""What the department publishes of a workforce census, worked out from the same records before it does.

Worked out whole, rounded last: one decimal, halves up, headcounts and cases as they are. Symbols are those of the
publication's present guidance.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from statutory import spreadsheet, sqlfile
from statutory.indicators.suppression import HIDDEN, hidden_parts, is_small
from statutory.paths import SQL
from statutory.sqlfile import SqlFile
from statutory.warehouse.connection import Connection

HEADER = ("title", "grain", "years", "sources")
NOT_APPLICABLE, LOW_RELIABILITY, LOW = "z", "u", "low"
COVER_RATES = ("agency_cover_rate_fte", "vacancy_agency_cover_rate_fte")


CHARACTERISTICS = ("group", "breakdown", "category", "fte", "headcount", "fte_percent", "headcount_percent")


@dataclass(frozen=True)
class Figure:
    """One published figure: its unrounded value, none where it divides by nothing, and how it is printed."""

    name: str
    value: Decimal | None
    printed: str


def rounded(value: Decimal) -> Decimal:
    """One decimal, halves up."""
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def printed(name: str, value: Decimal | None) -> str:
    """A figure as the publication's file has it: a whole number without a decimal, or a symbol in its place.

    z: it divides by nothing; u: a cover rate of more than a hundred; low: not nothing, but rounded to it.
    """
    if value is None:
        return NOT_APPLICABLE
    if name in COVER_RATES and value > 100:
        return LOW_RELIABILITY
    short = rounded(value)
    if short == 0 and value != 0:
        return LOW
    return str(int(short)) if short == short.to_integral() else str(short)


def authority(connection: Connection) -> list[Figure]:
    """The figures of the return to which the search path points, in the order of the publication."""
    file = _file("authority")
    (row,) = connection.execute(file.select).fetchall()
    values = [None if value is None else Decimal(value) for value in row]
    return [Figure(name, value, printed(name, value)) for name, value in zip(file.columns, values, strict=True)]


def characteristics(connection: Connection) -> list[tuple[str, ...]]:
    """The breakdowns of those in post, starters and leavers, as printed, under CHARACTERISTICS.

    A share of what is not known is none: shares are of those whose category is known.
    """
    return [
        (*words, *(printed(name, value) for name, value in zip(CHARACTERISTICS[3:], values, strict=True)))
        for *words, fte, headcount, fte_percent, headcount_percent in connection.execute(
            _file("characteristics").select
        )
        for values in [(fte, Decimal(headcount), fte_percent, headcount_percent)]
    ]


def public(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The breakdowns as they may be published: small counts hidden, with all that gives them away.

    Where the whole group is small, nothing of it is shown.
    """
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for group, breakdown, category, _, headcount, *_ in rows:
        counts.setdefault((group, breakdown), {})[category] = int(headcount)
    hidden = {
        (group, breakdown): frozenset(parts) if is_small(sum(parts.values())) else hidden_parts(parts)
        for (group, breakdown), parts in counts.items()
    }
    return [(*row[:3], *([HIDDEN] * len(row[3:]) if row[2] in hidden[row[0], row[1]] else row[3:])) for row in rows]


def write(connection: Connection, figures: Path, breakdowns: Path, published: Path) -> None:
    """Write the figures, the breakdowns whole and the breakdowns as they may be published, each as CSV."""
    rows = [(figure.name, figure.value, figure.printed) for figure in authority(connection)]
    spreadsheet.write_csv(figures, ("figure", "unrounded", "as published"), rows)
    found = characteristics(connection)
    spreadsheet.write_csv(breakdowns, CHARACTERISTICS, found)
    spreadsheet.write_csv(published, CHARACTERISTICS, public(found))


def _file(name: str) -> SqlFile:
    return sqlfile.read(SQL / "statistics" / "csww" / f"{name}.sql", HEADER)
