"""The disclosure rule: what anybody may see of counts, shares and averages. `sql/disclosure/rule.sql` is the rule.

A count of 1 to 5 is hidden, 0 is shown, any other is rounded up to the next 5. A share is hidden where its numerator or
the rest is 1 to 5 or its base is under 50, else it is worked out of the rounded counts. An average is hidden where its
base is under 10; a value of which nobody says how many it rests on, such as a largest one, always. Where a part of a
whole is hidden, so is the smallest other part; where there is no other, every part.

Why nothing shown gives a hidden count: whatever is shown is known to a step of five. A sum or difference of up to four
figures added and three subtracted leaves two values or more open, whatever the counts are (`tests/security/`).
"""

from collections.abc import Iterable

from psycopg import sql

from statutory import sqlfile
from statutory.indicators.definition import Indicator
from statutory.paths import SQL
from statutory.warehouse.connection import Connection

HIDDEN = "c"  # the department's symbol for a value that would identify a person
TOLD = (
    "Counts are rounded up to the next 5, percentages are calculated from rounded counts; c means a count of 1 to 5,"
    " or too few records."
)

# Each indicator for the whole council, in its first kind of period: a second kind would be a sum of the first.
FILL = """
insert into public_value
with counted as (
    select indicator_value.*, indicator_value.figure as name,
        concat_ws('|', indicator_id, view, indicator_value.period_end) as whole,
        indicator_value.figure = any(shown.bands) as is_part
    from indicator_value
    inner join ({shown}) as shown using (indicator_id, period_kind)
    where indicator_value.breakdown = 'whole'
)
select indicator_id, view, period_kind, period_start, period_end, as_at, public_numerator, public_denominator, state,
    figure, public_value, is_hidden
from (
{rule}
) as told
"""


def rule() -> sql.SQL:
    """The select of the rule over a relation `counted`, which the statement around it makes."""
    return sql.SQL(sqlfile.read(SQL / "disclosure" / "rule.sql", ("title", "grain", "reads", "sources")).select)


def fill(connection: Connection, indicators: Iterable[Indicator]) -> None:
    """Fill `public_value` with the public part of `indicator_value`; the search path selects the night."""
    shown = sql.SQL(" union all ").join(
        sql.SQL("select {} as indicator_id, {} as period_kind, {}::text[] as bands").format(
            sql.Literal(one.id), sql.Literal(one.periods[0]), sql.Literal(list(one.bands))
        )
        for one in indicators
    )
    connection.execute(sql.SQL(FILL).format(shown=shown, rule=rule()))
