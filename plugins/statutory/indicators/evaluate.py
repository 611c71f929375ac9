"""Evaluate an indicator on rows that are not in a warehouse: examples, tests, what-ifs.

The rows go through the same typing, marts, SQL and runner as a night, in the scratch database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from statutory.errors import StatutoryError
from statutory.indicators import definition, results, values
from statutory.quality import scratch as whole
from statutory.settings import Council
from statutory.sources import contract
from statutory.warehouse import scratch
from statutory.warehouse.connection import Connection, open_council

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Evaluation:
    """The result: one row per member, and the figures. `state` says why there is no value, else None."""

    members: "pd.DataFrame"
    value: Decimal | None
    values: dict[str, Decimal | None]
    numerator: Decimal | None
    denominator: Decimal | None
    state: str | None


def evaluate(
    indicator: str,
    rows: Mapping[str, Mapping[str, Sequence[Any]]],
    period_end: date,
    *,
    period_start: date | None = None,
    known_on: date | None = None,
    view: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    unsupplied: Sequence[str] = (),
    connection: Connection | None = None,
) -> Evaluation:
    """The value and members of one indicator over the given rows.

    Args:
        indicator: the id, such as T03.
        rows: by table of the contract, `columns` and `rows` of text; what the product ships applies where not given.
        period_end: the last day of the period, or the day of a snapshot.
        period_start: its first day; for a snapshot the same day.
        known_on: the night; `period_end` when not given. The as-at date is the earlier of the two.
        view: A (finished) or B (due); an indicator with another cohort ignores it.
        parameters: local parameters to set for all dates.
        unsupplied: tables the council does not supply; one that the indicator needs gives the state "no source".
        connection: to the scratch database, in no transaction, for many calls one after another; each opens and closes
            one when not given.

    Raises:
        StatutoryError: no such indicator, table or column.
    """
    import pandas as pd

    council = open_council("scratch") if connection is None else Council.of_environment()
    try:
        asked = definition.indicators(council.local)[indicator]
    except KeyError:
        raise StatutoryError(f"there is no indicator {indicator}") from None
    wanted = definition.LETTERS.get(view or "", "")
    view_name = wanted if wanted in asked.views else asked.views[0]
    if set(asked.needs) & set(unsupplied):
        return Evaluation(pd.DataFrame(columns=list(_MEMBER_COLUMNS)), None, {}, None, None, "no source")
    with scratch.connected(council, connection) as opened:
        whole.show(opened, council.local)
        for name, given in rows.items():
            scratch.write(opened, contract.table(name), list(given["columns"]), [list(r) for r in given["rows"]])
        for name, setting in (parameters or {}).items():
            opened.execute("delete from local_parameter where name = %s", (name,))
            opened.execute(
                "insert into local_parameter (name, valid_from, value) values (%s, '1900-01-01', %s)",
                (name, str(setting)),
            )
        opened.execute("delete from period")
        opened.execute(
            "insert into period (period_kind, period_start, period_end, as_at) values ('asked', %s, %s, %s)",
            (period_start or period_end, period_end, min(period_end, known_on or period_end)),
        )
        if not asked.file.reads.isdisjoint(results.RESULT_RELATIONS):
            opened.execute(results.RESULTS)
        values.select_members(opened, asked, view_name)
        found = opened.execute(
            "select member_key, numerator, measure, due_date from member order by member_key"
        ).fetchall()
        expressions = ", ".join(asked.figures.values())
        numerator, denominator, *found_figures = opened.execute(
            f"select sum(numerator), {values.denominator(asked)}, {expressions}"
            f" from ({values.POINTS}) as point left join member on true"
        ).fetchall()[0]
    frame = pd.DataFrame(
        [(key, bool(numerator), measure, due) for key, numerator, measure, due in found], columns=list(_MEMBER_COLUMNS)
    )
    figures = dict(zip(asked.figures, found_figures, strict=True))
    return Evaluation(frame, found_figures[0], figures, numerator, denominator, None)


_MEMBER_COLUMNS = ("member_key", "in_numerator", "measure", "due_date")
