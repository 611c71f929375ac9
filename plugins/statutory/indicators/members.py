"""The members of an indicator in a view, as one select over the relation `period`.

Columns: view, period_kind, period_end, member_key, team_id, numerator, denominator, measure, due_date; one row per
view, period and key. Both kinds of indicator end here, so values, breakdowns and traces are worked out once.
"""

from statutory.indicators.definition import Indicator

LONDON = "at time zone 'Europe/London'"
_TAIL = "sum(numerator) as numerator, sum(denominator) as denominator, {measure} as measure, max(due_date) as due_date"


def members(indicator: Indicator, view: str) -> str:
    """The select that gives the members of one view."""
    inner = _of_clock(indicator, view) if indicator.unit else _of_members(indicator)
    return f"""
select
    '{view}' as view, period_kind, period_end, member_key, min(team_id) as team_id,
    {_TAIL.format(measure="max(measure)")}
from ({inner}) as member
group by period_kind, period_end, member_key
"""


def _columns(indicator: Indicator) -> str:
    return "item.team_id" if "team" in indicator.by else "null::text as team_id"


def _of_members(indicator: Indicator) -> str:
    columns = ("period_kind", "period_end", "member_key", "numerator", "denominator", "measure")
    # A select names only what it has: jsonb finds the others missing, which is null.
    wanted = ", ".join(
        f"(to_jsonb(item) ->> '{name}')::numeric as {name}"
        if name in ("numerator", "denominator", "measure")
        else f"item.{name}"
        for name in columns
    )
    return f"select {wanted}, {_columns(indicator)}, null::date as due_date from (\n{indicator.file.select}\n) as item"


def _of_clock(indicator: Indicator, view: str) -> str:
    hours = indicator.unit == "hours"
    day = f"({{0}} {LONDON})::date" if hours else "{0}::date"
    # By dates unless the clock runs in hours and both moments are known (convention K05).
    by_date = "coalesce((to_jsonb(item) ->> 'is_date_only')::boolean, false)" if hours else "true"
    moment = "item.{0}" if hours else "null::timestamptz"
    met_by_date = (
        "stop_day.working_day_no <= due_day.working_day_no"
        if indicator.unit == "working days"
        else "dated.stop_date <= dated.due_date"
    )
    cohort = {
        "finished": "known.stop_date between period.period_start and period.as_at",
        "due": "known.due_date between period.period_start and period.period_end and known.is_decided",
        "started": "known.start_date between period.period_start and period.as_at and known.is_decided",
    }[view]
    return f"""
select
    period.period_kind, period.period_end, known.member_key, known.team_id,
    case when known.stop_date is not null and known.is_met then 1 else 0 end as numerator,
    1 as denominator,
    known.measure,
    known.due_date
from period
cross join lateral (
    select
        dated.member_key, dated.team_id, dated.start_date, dated.due_date,
        -- What stopped after the as-at date was open on it.
        case when dated.stop_date <= period.as_at then dated.stop_date end as stop_date,
        case when dated.stop_date <= period.as_at then dated.measure end as measure,
        case when dated.by_date then {met_by_date} else dated.stop_at <= dated.due_at end as is_met,
        case
            when dated.by_date
                then dated.due_date < period.as_at
                or (dated.due_date = period.as_at and dated.stop_date <= period.as_at)
            else dated.due_at < (period.as_at + 1)::timestamp {LONDON}
        end as is_decided
    from (
        select
            item.member_key, {_columns(indicator)},
            {by_date} as by_date,
            {day.format("item.clock_start")} as start_date,
            {day.format("item.due_at")} as due_date,
            {day.format("item.clock_stop")} as stop_date,
            {moment.format("clock_start")} as start_at,
            {moment.format("due_at")} as due_at,
            {moment.format("clock_stop")} as stop_at,
            (to_jsonb(item) ->> 'measure')::numeric as measure
        from (
{indicator.file.select}
        ) as item
    ) as dated
    left join calendar_day as stop_day on stop_day.day = dated.stop_date
    left join calendar_day as due_day on due_day.day = dated.due_date
    -- Bad dates (convention K17) are in no view: no start, a start after the as-at date, a stop before the start.
    where
        dated.start_date <= period.as_at
        and dated.due_date is not null
        and case
            when dated.stop_date is null then true
            when dated.by_date then dated.stop_date >= dated.start_date
            else dated.stop_at >= dated.start_at
        end
) as known
where {cohort}
"""


def value(indicator: Indicator) -> str:
    """The expression of an indicator's value over its member rows; null where nothing can be divided."""
    return {
        "count": "coalesce(sum(numerator), 0)",
        "percent": "100 * sum(numerator) / nullif(sum(denominator), 0)",
    }[indicator.calc]
