"""The members of an indicator in a view, as one select over the relation `period`.

Columns: view, period_kind, period_end, member_key, child_id, worker_id, team_id, numerator, denominator, measure,
due_date, bands; one row per view, period and key. Both kinds of indicator end here, so values, breakdowns, lists and
traces are worked out once.
"""

from statutory.indicators.definition import Indicator

LONDON = "at time zone 'Europe/London'"
COLUMNS = (
    "view", "period_kind", "period_end", "member_key", "child_id", "worker_id", "team_id",
    "numerator", "denominator", "measure", "due_date", "bands",
)  # fmt: skip


def members(indicator: Indicator, view: str) -> str:
    """The select that gives the members of one view; a team that became another one stands under its present id."""
    inner = _of_clock(indicator, view) if indicator.unit else _of_members(indicator)
    return f"""
select
    '{view}' as view, member.period_kind, member.period_end, member.member_key,
    min(member.child_id) as child_id, min(member.worker_id) as worker_id,
    min(coalesce(team.series_team_id, member.team_id)) as team_id,
    sum(member.numerator) as numerator, sum(member.denominator) as denominator, max(member.measure) as measure,
    max(member.due_date) as due_date, max(member.bands) as bands
from ({inner}) as member
left join team on team.team_id = member.team_id
group by member.period_kind, member.period_end, member.member_key
"""


def open_items(indicator: Indicator) -> str:
    """The select of what a clock leaves open at the as-at date of each period: past its target, or due next.

    Columns: period_kind, period_end, member_key, child_id, team_id, start_date, due_date, is_past_target, and
    `over`: by how much, in the unit of the clock (convention K07); null while there is time.
    """
    over_by_date = (
        "as_at_day.working_day_no - known.due_working_day_no"
        if indicator.unit == "working days"
        else "period.as_at - known.due_date"
    )
    over = (
        f"case when known.by_date then ({over_by_date}) * 24"
        f" else extract(epoch from (period.as_at + 1)::timestamp {LONDON} - known.due_at) / 3600 end"
        if indicator.unit == "hours"
        else over_by_date
    )
    return f"""
select
    period.period_kind, period.period_end, known.member_key, known.child_id, known.team_id, known.start_date,
    known.due_date, known.is_past as is_past_target,
    case when known.is_past then ({over})::numeric end as over
from period
inner join calendar_day as as_at_day on as_at_day.day = period.as_at
cross join lateral ({_known(indicator)}) as known
where known.stop_date is null
"""


def _extra(indicator: Indicator, name: str, kind: str = "text") -> str:
    """A column that a select may have; null where it has none."""
    return f"item.{name}::{kind} as {name}" if name in indicator.columns else f"null::{kind} as {name}"


def _bands(indicator: Indicator, relation: str) -> str:
    """The bands of a row as an array, whether its select says one or several."""
    if "bands" in indicator.columns:
        return f"{relation}.bands::text[]"
    if "band" in indicator.columns:
        return f"case when {relation}.band is not null then array[{relation}.band::text] end"
    return "null::text[]"


def _of_members(indicator: Indicator) -> str:
    figures = ", ".join(_extra(indicator, name, "numeric") for name in ("numerator", "denominator", "measure"))
    ids = ", ".join(_extra(indicator, name) for name in ("child_id", "worker_id", "team_id"))
    return f"""
select item.period_kind, item.period_end, item.member_key, {ids}, {figures},
    {_extra(indicator, "due_date", "date")}, {_bands(indicator, "item")} as bands
from (
{indicator.file.select}
) as item
"""


def _of_clock(indicator: Indicator, view: str) -> str:
    cohort = {
        "finished": "known.stop_date between period.period_start and period.as_at",
        "due": "known.due_date between period.period_start and period.period_end and known.is_decided",
        "started": "known.start_date between period.period_start and period.as_at and known.is_decided",
    }[view]
    return f"""
select
    period.period_kind, period.period_end, known.member_key, known.child_id, known.worker_id, known.team_id,
    case when known.stop_date is not null and known.is_met then 1 else 0 end as numerator,
    1 as denominator,
    known.measure,
    known.due_date,
    {_bands(indicator, "known")} as bands
from period
cross join lateral ({_known(indicator)}) as known
where {cohort}
"""


def _known(indicator: Indicator) -> str:
    """The items as they stood at `period.as_at`, those with bad dates (convention K17) left out."""
    hours = indicator.unit == "hours"
    day = f"({{0}} {LONDON})::date" if hours else "{0}::date"
    # By dates unless the clock runs in hours and both moments are known (convention K05).
    by_date = "true"
    if hours:
        by_date = "coalesce(item.is_date_only, false)" if "is_date_only" in indicator.columns else "false"
    band = next((name for name in ("band", "bands") if name in indicator.columns), None)
    banded = f"item.{band}" if band else "null as band"
    passed = f"dated.{band}" if band else "dated.band"
    moment = "item.{0}" if hours else "null::timestamptz"
    met_by_date = (
        "stop_day.working_day_no <= due_day.working_day_no"
        if indicator.unit == "working days"
        else "dated.stop_date <= dated.due_date"
    )
    return f"""
    select
        dated.member_key, dated.child_id, dated.worker_id, dated.team_id, {passed},
        dated.by_date, dated.start_date, dated.due_date, dated.due_at,
        due_day.working_day_no as due_working_day_no,
        -- What stopped after the as-at date was open on it.
        case when dated.stop_date <= period.as_at then dated.stop_date end as stop_date,
        case when dated.stop_date <= period.as_at then dated.measure end as measure,
        case when dated.by_date then {met_by_date} else dated.stop_at <= dated.due_at end as is_met,
        case
            when dated.by_date then dated.due_date < period.as_at
            else dated.due_at < (period.as_at + 1)::timestamp {LONDON}
        end as is_past,
        case
            when dated.by_date
                then dated.due_date < period.as_at
                or (dated.due_date = period.as_at and dated.stop_date <= period.as_at)
            else dated.due_at < (period.as_at + 1)::timestamp {LONDON}
        end as is_decided
    from (
        select
            item.member_key, {_extra(indicator, "child_id")}, {_extra(indicator, "worker_id")},
            {_extra(indicator, "team_id")}, {banded},
            {by_date} as by_date,
            {day.format("item.clock_start")} as start_date,
            {day.format("item.due_at")} as due_date,
            {day.format("item.clock_stop")} as stop_date,
            {moment.format("clock_start")} as start_at,
            {moment.format("due_at")} as due_at,
            {moment.format("clock_stop")} as stop_at,
            {_extra(indicator, "measure", "numeric")}
        from (
{indicator.file.select}
        ) as item
    ) as dated
    left join calendar_day as stop_day on stop_day.day = dated.stop_date
    left join calendar_day as due_day on due_day.day = dated.due_date
    where
        dated.start_date <= period.as_at
        and dated.due_date is not null
        and case
            when dated.stop_date is null then true
            when dated.by_date then dated.stop_date >= dated.start_date
            else dated.stop_at >= dated.start_at
        end
"""
