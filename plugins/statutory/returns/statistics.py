"""The figures that the department will publish from a return, calculated from the same records.

Calculated unrounded, rounded last: one decimal, halves up, headcounts and cases as they are. Symbols are those of the
publication's present guidance.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from psycopg import sql

from statutory import spreadsheet, sqlfile
from statutory.indicators import disclosure
from statutory.indicators.disclosure import HIDDEN
from statutory.paths import SQL
from statutory.sqlfile import SqlFile
from statutory.warehouse.connection import Connection

HEADER = ("title", "grain", "years", "sources")
# Figures that the publication does not print above a hundred.
OPTIONAL = ("unreliable_above_100",)
NOT_APPLICABLE, LOW_RELIABILITY, LOW = "z", "u", "low"
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


def printed(value: Decimal | None, *, is_unreliable_above_100: bool = False) -> str:
    """A figure as the publication's file has it: a whole number without a decimal, or a symbol in its place.

    z: it divides by zero; u: it is above a hundred and unreliable there; low: it is not 0, but rounds to 0.
    """
    if value is None:
        return NOT_APPLICABLE
    if is_unreliable_above_100 and value > 100:
        return LOW_RELIABILITY
    short = rounded(value)
    if short == 0 and value != 0:
        return LOW
    return str(int(short)) if short == short.to_integral() else str(short)


def authority(connection: Connection, return_id: str) -> list[Figure]:
    """The figures of the return to which the search path points, in the order of the publication."""
    file = _file(return_id, "authority")
    unreliable = file.header.get("unreliable_above_100", ())
    (row,) = connection.execute(file.select).fetchall()
    values = [None if value is None else Decimal(value) for value in row]
    return [
        Figure(name, value, printed(value, is_unreliable_above_100=name in unreliable))
        for name, value in zip(file.columns, values, strict=True)
    ]


def characteristics(connection: Connection, return_id: str) -> list[tuple[str, ...]]:
    """The breakdowns of those in post, starters and leavers, as printed, under CHARACTERISTICS.

    Percentages are of people whose category is known; "not known" has none.
    """
    return [
        (*words, *map(printed, values))
        for *words, fte, headcount, fte_percent, headcount_percent in connection.execute(
            _file(return_id, "characteristics").select
        )
        for values in [(fte, Decimal(headcount), fte_percent, headcount_percent)]
    ]


# The breakdowns as figures of the rule: a category is a part of its breakdown; its counts are hidden together, and its
# shares with them.
PUBLIC = """
with counted as (
    select kind, breakdown, category, measure.name as measure, category as name,
        concat_ws('|', kind, breakdown, measure.name) as whole, true as is_part, measure.numerator,
        round(measure.denominator, 6) as denominator, measure.value
    from (
{breakdowns}
    ) as described
    cross join lateral (
        values
        ('headcount', headcount::numeric, headcount::numeric, null::numeric),
        ('fte', fte, fte, null),
        ('headcount_percent', headcount_percent, headcount, 100 * headcount / nullif(headcount_percent, 0)),
        ('fte_percent', fte_percent, fte, 100 * fte / nullif(fte_percent, 0))
    ) as measure (name, value, numerator, denominator)
)
select kind, breakdown, category, bool_or(is_hidden) filter (where measure in ('fte', 'headcount')), bool_or(is_hidden),
    max(public_value) filter (where measure = 'fte'),
    max(public_value) filter (where measure = 'headcount'),
    max(public_value) filter (where measure = 'fte_percent'),
    max(public_value) filter (where measure = 'headcount_percent')
from (
{rule}
) as told
group by kind, breakdown, category
order by kind collate "C", breakdown collate "C", category collate "C"
"""


def public(connection: Connection, return_id: str) -> list[tuple[str, ...]]:
    """The breakdowns as anybody may see them, under CHARACTERISTICS: by the disclosure rule."""
    select = sql.SQL(PUBLIC).format(
        breakdowns=sql.SQL(_file(return_id, "characteristics").select), rule=disclosure.rule()
    )
    return [
        (
            *words,
            *(
                HIDDEN if (shares if name.endswith("percent") else counts) else printed(value)
                for name, value in zip(CHARACTERISTICS[3:], figures, strict=True)
            ),
        )
        for *words, counts, shares, fte, headcount, fte_percent, headcount_percent in connection.execute(select)
        for figures in [(fte, headcount, fte_percent, headcount_percent)]
    ]


def write(connection: Connection, return_id: str, figures: Path, breakdowns: Path, published: Path) -> None:
    """Write the figures, the breakdowns whole and the breakdowns as they may be published, each as CSV."""
    rows = [(figure.name, figure.value, figure.printed) for figure in authority(connection, return_id)]
    spreadsheet.write_csv(figures, ("figure", "unrounded", "as published"), rows)
    spreadsheet.write_csv(breakdowns, CHARACTERISTICS, characteristics(connection, return_id))
    spreadsheet.write_csv(published, CHARACTERISTICS, public(connection, return_id))


def _file(return_id: str, name: str) -> SqlFile:
    return sqlfile.read(SQL / "statistics" / return_id / f"{name}.sql", HEADER, OPTIONAL)
