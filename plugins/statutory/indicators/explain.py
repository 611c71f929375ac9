"""Why a figure moved: the difference between two nights or two periods, told by the members that make it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from psycopg import sql

from statutory.errors import StatutoryError
from statutory.indicators import members as member_sql
from statutory.indicators import values
from statutory.indicators.definition import Indicator
from statutory.warehouse.connection import Connection

# What may have happened to a member between two sets, in the order in which the difference is taken apart: which of
# them, as a condition on `before` and `after`, and whether it then stands as before, as after, or not at all.
CHANGES = {
    "gone": "after.member_key is null",
    "dates corrected": "before.member_key is not null and after.member_key is not null"
    " and (before.measure is distinct from after.measure or before.due_date is distinct from after.due_date)",
    "otherwise changed": "before.member_key is not null and after.member_key is not null"
    " and before.measure is not distinct from after.measure and before.due_date is not distinct from after.due_date"
    " and (before.numerator is distinct from after.numerator or before.denominator is distinct from after.denominator"
    " or before.bands is distinct from after.bands)",
    "new": "before.member_key is null",
}
DEFINITION = "changed definition"
CIRCUMSTANCES = "length of the period and population"


@dataclass(frozen=True)
class Step:
    """One reason: by how much it moved the value, and the keys of the members it concerns."""

    reason: str
    effect: Decimal | None
    members: list[str]


@dataclass(frozen=True)
class Explanation:
    """A value before and after, and the steps between; their effects add up to the difference where all have one."""

    indicator: Indicator
    view: str
    before: Decimal | None
    after: Decimal | None
    steps: list[Step]

    @property
    def sentence(self) -> str:
        """The answer in one line, largest effect first."""

        def number(value: Decimal | None) -> str:
            return "no value" if value is None else f"{value:.1f}"

        def told(step: Step) -> str:
            effect = f" {step.effect:+.1f}" if step.effect is not None else ""
            return step.reason + effect + (f" ({len(step.members)} members)" if step.members else "")

        # Where there is no value on one side nothing has an effect, and who came or went is still said.
        moved = [step for step in self.steps if step.effect or (step.effect is None and step.members)]
        parts = [told(step) for step in sorted(moved, key=lambda step: -abs(step.effect or Decimal(0)))]
        return f"{self.indicator.id} from {number(self.before)} to {number(self.after)}: " + (
            ", ".join(parts) if parts else "nothing moved it"
        )


def explain(
    connection: Connection,
    indicator: Indicator,
    view: str,
    before: tuple[date, values.Point],
    after: tuple[date, values.Point],
) -> Explanation:
    """Take the difference of an indicator's value apart, between two nights, two periods, or both.

    Each night is asked with the definition that stands now; by how much what a night kept at its time differs from that
    is a step of its own.

    Args:
        before: the night and the point of the earlier value.
        after: those of the later one.

    Raises:
        WarehouseError: one of the nights is not built.
        StatutoryError: a night has no source for the indicator.
    """
    kept: list[Decimal | None] = []
    for name, (night, point) in (("before", before), ("after", after)):
        values.pin(connection, night)
        if not values.supplied(connection, indicator):
            raise StatutoryError(f"{indicator.id} has no source on {night}")
        values.fill_period(connection, [point])
        kept.append(_kept(connection, indicator, view, point))
        values.gather(connection, indicator, view)
        connection.execute(
            sql.SQL("create temp table {0} on commit drop as select * from pg_temp.member").format(sql.Identifier(name))
        )
    keys = {
        reason: [key for (key,) in connection.execute(
            "select member_key from pg_temp.before full join pg_temp.after using (member_key)"
            f" where {condition} order by member_key"
        )]
        for reason, condition in CHANGES.items()
    }  # fmt: skip
    values.pin(connection, before[0])
    values.fill_period(connection, [before[1]])
    sets = [_standing(tuple(CHANGES)[:done]) for done in range(len(CHANGES) + 1)]
    found = [_value(connection, indicator, members) for members in sets]
    values.pin(connection, after[0])
    values.fill_period(connection, [after[1]])
    found.append(_value(connection, indicator, "select * from pg_temp.after"))
    steps = [Step(DEFINITION, _less(found[0], kept[0]), [])] if kept[0] is not None else []
    steps += [
        Step(reason, _less(found[n + 1], found[n]), keys.get(reason, []))
        for n, reason in enumerate((*CHANGES, CIRCUMSTANCES))
    ]
    before_value = kept[0] if kept[0] is not None else found[0]
    return Explanation(indicator, view, before_value, found[-1], steps)


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _kept(connection: Connection, indicator: Indicator, view: str, point: values.Point) -> Decimal | None:
    """What the night kept as the value at its time; null where the point is none of those it keeps."""
    found = connection.execute(
        "select value from indicator_value where indicator_id = %s and view = %s and period_kind = %s"
        " and period_end = %s and breakdown = 'whole' and figure = %s",
        (indicator.id, view, point[0], point[2], indicator.main_figures[0]),
    ).fetchone()
    return found[0] if found else None


def _standing(done: tuple[str, ...]) -> str:
    """The members once the named changes have happened and the others not yet."""
    of_after = " or ".join(f"({CHANGES[reason]})" for reason in done) or "false"
    columns = ", ".join(
        f"case when {of_after} then after.{name} else before.{name} end as {name}" for name in member_sql.COLUMNS
    )
    return (
        f"select * from (select {columns} from pg_temp.before"
        " full join pg_temp.after on after.member_key = before.member_key) as standing where member_key is not null"
    )


def _value(connection: Connection, indicator: Indicator, members: str) -> Decimal | None:
    expression = indicator.figures[indicator.main_figures[0]]
    ((value,),) = connection.execute(
        f"select {expression} from ({values.POINTS}) as point left join ({members}) as member on true"
    )
    return None if value is None else Decimal(value)
