"""Explain why a figure changed between two nights or two periods, by its members."""

from dataclasses import dataclass
from decimal import Decimal

from psycopg import sql

from statutory.errors import StatutoryError
from statutory.indicators import members as member_sql
from statutory.indicators import values
from statutory.indicators.definition import Indicator
from statutory.night import Night, use_night
from statutory.warehouse.connection import Connection

# What can happen to a member between two sets, in the order of the steps, as a
# condition on `before` and `after`: it is missing, it changed, or it is new.
_BOTH = "before.member_key is not null and after.member_key is not null"
_SAYS_OTHERWISE = (
    "(before.measure is distinct from after.measure or before.due_date is distinct from after.due_date)",
    "(before.numerator is distinct from after.numerator or before.denominator is distinct from after.denominator"
    " or before.bands is distinct from after.bands)",
)
# From the earlier to the later period, both as known on the earlier night.
PASSING = {
    "no longer in the period": "after.member_key is null",
    "time passed": f"{_BOTH} and ({' or '.join(_SAYS_OTHERWISE)})",
    "came into the period": "before.member_key is null",
}
# From the earlier to the later night, for one period.
RECORDING = {
    "gone": "after.member_key is null",
    "dates corrected": f"{_BOTH} and {_SAYS_OTHERWISE[0]}",
    "otherwise changed": f"{_BOTH} and not {_SAYS_OTHERWISE[0]} and {_SAYS_OTHERWISE[1]}",
    "new": "before.member_key is null",
}
DEFINITION = "changed definition"
CIRCUMSTANCES = "length of the period and population"


@dataclass(frozen=True)
class Step:
    """One reason: its effect on the value, and the keys of its members."""

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

        # If one side has no value there are no effects, but new and missing members are still listed.
        moved = [step for step in self.steps if step.effect or (step.effect is None and step.members)]
        parts = [told(step) for step in sorted(moved, key=lambda step: -abs(step.effect or Decimal(0)))]
        return f"{self.indicator.id} from {number(self.before)} to {number(self.after)}: " + (
            ", ".join(parts) if parts else "nothing moved it"
        )


def explain(
    indicator: Indicator, view: str, before: tuple[Night, values.Point], after: tuple[Night, values.Point]
) -> Explanation:
    """Take the difference of an indicator's value apart, between two nights, two periods, or both.

    Both nights are calculated with today's definition; the difference to the value stored at the time is a separate
    step.

    Args:
        before: the night and the point of the earlier value.
        after: those of the later one, over the same connection.

    Raises:
        WarehouseError: one of the nights is not built.
        StatutoryError: a night has no source for the indicator, or one of the periods is not over.
    """
    (first, earlier), (last, later) = before, after
    connection = first.connection
    if earlier[0] != later[0]:
        raise StatutoryError(
            f"one of {earlier[2]} and {later[2]} is inside a month: incomplete periods are not compared with complete"
            " ones; give month ends"
        )
    _members(first, indicator, view, earlier, "first")
    kept = _kept(connection, indicator, view, earlier)
    found = _value(connection, indicator, "select * from pg_temp.first")
    start = kept if kept is not None else found
    steps = [Step(DEFINITION, _less(found, kept), [])] if kept is not None else []
    moves = []
    if earlier != later:
        moves.append((PASSING, first, later))
    if first != last:
        moves.append((RECORDING, last, later))
    for changes, night, point in moves:
        connection.execute("alter table pg_temp.first rename to before")
        _members(night, indicator, view, point, "first")
        connection.execute("create temp view after as select * from pg_temp.first")
        found, moved = _move(connection, indicator, changes, found)
        # If only the night differs, or only the period, the other steps do not apply.
        steps += [step for step in moved if changes is RECORDING or step.effect or step.members]
        connection.execute("drop view pg_temp.after; drop table pg_temp.before")
    return Explanation(indicator, view, start, found, steps)


def _members(night: Night, indicator: Indicator, view: str, point: values.Point, name: str) -> None:
    """Make a temporary table of the members of a point as known on a night; the path is then on that night."""
    use_night(night)
    if not values.supplied(night.connection, indicator):
        raise StatutoryError(f"{indicator.id} has no source on {night.day}")
    values.fill_period(night.connection, [point])
    values.select_members(night.connection, indicator, view)
    night.connection.execute(
        sql.SQL("create temp table {} on commit drop as select * from pg_temp.member").format(sql.Identifier(name))
    )


def _move(
    connection: Connection, indicator: Indicator, changes: dict[str, str], found: Decimal | None
) -> tuple[Decimal | None, list[Step]]:
    """From `before` to `after`: the value after it, a step for each change, and one for what else differs."""
    steps = []
    value = _value(connection, indicator, "select * from pg_temp.before")
    if value != found:
        steps.append(Step(CIRCUMSTANCES, _less(value, found), []))
        found = value
    reasons = tuple(changes)
    for done, reason in enumerate(reasons, 1):
        keys = connection.execute(
            "select member_key from pg_temp.before full join pg_temp.after using (member_key)"
            f" where {changes[reason]} order by member_key"
        ).fetchall()
        value = _value(connection, indicator, _standing([changes[one] for one in reasons[:done]]))
        steps.append(Step(reason, _less(value, found), [key for (key,) in keys]))
        found = value
    return found, steps


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _kept(connection: Connection, indicator: Indicator, view: str, point: values.Point) -> Decimal | None:
    """The value that the night stored; null if it did not store this point."""
    found = connection.execute(
        "select value from indicator_value where indicator_id = %s and view = %s and period_kind = %s"
        " and period_end = %s and breakdown = 'whole' and figure = %s",
        (indicator.id, view, point[0], point[2], indicator.main_figures[0]),
    ).fetchone()
    return found[0] if found else None


def _standing(done: list[str]) -> str:
    """The members after the changes of these conditions and before the others."""
    of_after = " or ".join(f"({condition})" for condition in done)
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
