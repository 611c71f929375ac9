"""The members of an indicator in a view, as one select over the relation `period`, and of a clock `counted_row`.

Columns: view, period_kind, period_end, member_key, child_id, worker_id, team_id, numerator, denominator, measure,
due_date, bands; one row per view, period and key. Both kinds of indicator end here, so values, breakdowns, lists and
traces are worked out once.
"""

from statutory.indicators.definition import Indicator
from statutory.sources import coerce

LONDON = "at time zone 'Europe/London'"
IDS = ("child_id", "worker_id", "team_id")
COLUMNS = (
    "view", "period_kind", "period_end", "member_key", *IDS,
    "numerator", "denominator", "measure", "due_date", "bands",
)  # fmt: skip


def members(indicator: Indicator, view: str) -> str:
    """The select of one view's members; teams appear under their present id."""
    inner = _of_clock(view) if indicator.unit else _of_members(indicator)
    return f"""
select
    '{view}' as view, member.period_kind, member.period_end, member.member_key, member.child_id, member.worker_id,
    coalesce(team.series_team_id, member.team_id) as team_id,
    member.numerator, member.denominator, member.measure, member.due_date, member.bands
from ({inner}) as member
left join team on team.team_id = member.team_id
"""


def member(indicator: Indicator, view: str, *, is_supplied: bool) -> str:
    """The common table expressions that end in `member`, where rows with the same key in a period are merged.

    Keys are nearly always unique, and testing that is several times faster than grouping all rows.
    """
    relation, key = (
        ("counted_row", "member_key") if indicator.unit else ("view_member", "period_kind, period_end, member_key")
    )
    once = ", ".join(COLUMNS)
    return f"""
view_member as materialized ({members(indicator, view)}{"" if is_supplied else " limit 0"}),
has_duplicates as materialized (select exists (select 1 from {relation} group by {key} having count(*) > 1) as is_true),
member as not materialized (
    select {once} from view_member where not (select is_true from has_duplicates)
    union all
    select
        view, period_kind, period_end, member_key,
        min(child_id), min(worker_id), min(team_id), sum(numerator), sum(denominator), max(measure), max(due_date),
        max(bands)
    from view_member
    where (select is_true from has_duplicates)
    group by view, period_kind, period_end, member_key
)
"""


def open_items(indicator: Indicator) -> str:
    """The select over the relation `counted_row` of what is open at each as-at date: overdue, or due next.

    Columns: period_kind, period_end, member_key, child_id, worker_id, team_id, start_date, due_date, is_past_target,
    `over`: by how much, in working days, hours or days (convention K07); null while there is time.
    """
    over_by_date = (
        "as_at_day.working_day_no - counted_row.due_working_day_no"
        if indicator.unit == "working days"
        else "period.as_at - counted_row.due_date"
    )
    over = (
        f"case when counted_row.by_date then ({over_by_date}) * 24"
        f" else extract(epoch from (period.as_at + 1)::timestamp {LONDON} - counted_row.due_at) / 3600 end"
        if indicator.unit == "hours"
        else over_by_date
    )
    return f"""
select
    period.period_kind, period.period_end, counted_row.member_key, counted_row.child_id, counted_row.worker_id,
    coalesce(team.series_team_id, counted_row.team_id) as team_id, counted_row.start_date,
    counted_row.due_date, {IS_PAST} as is_past_target,
    case when {IS_PAST} then ({over})::numeric end as over
from period
inner join calendar_day as as_at_day on as_at_day.day = period.as_at
inner join counted_row
    on counted_row.start_date <= period.as_at
    and (counted_row.stop_date is null or counted_row.stop_date > period.as_at)
    and (counted_row.closed_date is null or counted_row.closed_date > period.as_at)
left join team on team.team_id = counted_row.team_id
"""


def _extra(indicator: Indicator, name: str, kind: str = "text", *, of: str = "selected") -> str:
    """An optional column of the select, or null."""
    return f"{of}.{name}::{kind} as {name}" if name in indicator.columns else f"null::{kind} as {name}"


def _bands(indicator: Indicator, relation: str) -> str:
    """The bands of a row as an array, whether the select returns one or several."""
    if "bands" in indicator.columns:
        return f"{relation}.bands::text[]"
    if "band" in indicator.columns:
        return f"case when {relation}.band is not null then array[{relation}.band::text] end"
    return "null::text[]"


def _of_members(indicator: Indicator) -> str:
    figures = ", ".join(_extra(indicator, name, "numeric") for name in ("numerator", "denominator", "measure"))
    ids = ", ".join(_extra(indicator, name) for name in IDS)
    return f"""
select selected.period_kind, selected.period_end, selected.member_key, {ids}, {figures},
    {_extra(indicator, "due_date", "date")}, {_bands(indicator, "selected")} as bands
from (
{indicator.file.select}
) as selected
"""


# A record that stopped after the as-at date was open on it.
_STOPPED = "counted_row.stop_date <= period.as_at"
IS_PAST = (
    "case when counted_row.by_date then counted_row.due_date < period.as_at"
    f" else counted_row.due_at < (period.as_at + 1)::timestamp {LONDON} end"
)
# A record due on the as-at date and still open is undecided (convention K06).
_IS_DECIDED = f"({IS_PAST} or (counted_row.by_date and counted_row.due_date = period.as_at and {_STOPPED}))"


def _of_clock(view: str) -> str:
    cohort = {
        "finished": "counted_row.stop_date between period.period_start and period.as_at",
        "due": f"counted_row.due_date between period.period_start and period.period_end and {_IS_DECIDED}",
        "started": f"counted_row.start_date between period.period_start and period.as_at and {_IS_DECIDED}",
    }[view]
    return f"""
select
    period.period_kind, period.period_end, counted_row.member_key, counted_row.child_id, counted_row.worker_id,
    counted_row.team_id,
    case when {_STOPPED} and counted_row.is_met then 1 else 0 end::numeric as numerator,
    1::numeric as denominator,
    case when {_STOPPED} then counted_row.measure end as measure,
    counted_row.due_date,
    counted_row.bands
from period
inner join counted_row on counted_row.start_date <= period.as_at and {cohort}
"""


# By unit: when a clock that began at `{start}` is due under its standard, and how long it took.
_DUE = {
    "days": "{start} + standard.number_value::integer",
    "weeks": "{start} + 7 * standard.number_value::integer",
    "months": "({start} + standard.number_value * interval '1 month')::date",
    # Without times, dates are compared: 72 hours are three days.
    "hours": "case when {by_date}"
    f" then (({{start}} {LONDON})::date + (standard.number_value / 24)::integer)::timestamp {LONDON}"
    " else {start} + standard.number_value * interval '1 hour' end",
}
_TAKEN = {
    "working days": "stop_day.working_day_no - start_day.working_day_no",
    "hours": "case when not clock_row.by_date"
    " then extract(epoch from clock_row.stop_at - clock_row.start_at) / 3600 end",
}
_DAYS = "clock_row.stop_date - clock_row.start_date"
_STANDARD = """
    left join parameter as standard
        on standard.name = {name}
        and standard.valid_from <= {day}
        and (standard.valid_to is null or standard.valid_to > {day})
"""


def clock_rows(indicator: Indicator) -> str:
    """The select of every record that a clock looks at, with its dates, those that are bad (convention K17) too.

    Where its select gives no `due_at`, the clock runs out by its unit after what the parameter named as its standard
    says for the day it began; where it gives no `measure`, the measure is what it took, in working days, hours or days.
    """
    hours = indicator.unit == "hours"
    working_days = indicator.unit == "working days"
    day = f"({{0}} {LONDON})::date" if hours else "{0}::date"
    # Dates are compared unless the clock runs in hours and both times are known (convention K05).
    by_date = "true"
    if hours:
        by_date = "coalesce(selected.is_date_only, false)" if "is_date_only" in indicator.columns else "false"
    moment = "selected.{0}" if hours else "null::timestamptz"
    start = day.format("selected.clock_start")
    standard, due = "", "selected.due_at"
    if "due_at" not in indicator.columns:
        standard = _STANDARD.format(name=coerce.literal(indicator.file.header["clock"]["standard"]), day=start)
        due = (
            "null::date"
            if working_days
            else _DUE[indicator.unit or ""].format(start="selected.clock_start", by_date=by_date)
        )
    due_at = f"({due})"
    band = ", ".join(f"selected.{name}" for name in ("band", "bands") if name in indicator.columns) or "null as band"
    # Clocks end with the death of the child.
    ended, of_whom = _extra(indicator, "ended_date", "date"), ""
    if "child_id" in indicator.columns:
        ended = f"least({ended.removesuffix(' as ended_date')}, the_child.death_date) as ended_date"
        of_whom = (
            "left join child as the_child on the_child.child_id = selected.child_id"
            f" where ({start} < the_child.death_date) is not false"
        )
    return f"""
select
    selected.member_key, {", ".join(_extra(indicator, name) for name in IDS)},
    {band},
    {ended},
    {_extra(indicator, "declined_date", "date")},
    {by_date} as by_date,
    {start} as start_date,
    {day.format(due_at)} as due_date,
    {day.format("selected.clock_stop")} as stop_date,
    {moment.format("clock_start")} as start_at,
    {due_at if hours else "null::timestamptz"} as due_at,
    {moment.format("clock_stop")} as stop_at,
    {"standard.number_value" if standard else "null::numeric as number_value"},
    {_extra(indicator, "measure", "numeric")}
from (
{indicator.file.select}
) as selected{standard}
{of_whom}
"""


def counted_rows(indicator: Indicator) -> str:
    """The select over the relation `clock_row` of what a clock counts: due when, stopped when, in time or not."""
    working_days = indicator.unit == "working days"
    standard = "due_at" not in indicator.columns
    due_day = "due_day.day = clock_row.due_date"
    if working_days and standard:
        due_day = (
            "due_day.is_working_day and due_day.working_day_no = start_day.working_day_no + clock_row.number_value"
        )
    taken = "clock_row.measure" if "measure" in indicator.columns else _TAKEN.get(indicator.unit or "", _DAYS)
    met_by_date = (
        "stop_day.working_day_no <= due_day.working_day_no"
        if working_days
        else "clock_row.stop_date <= clock_row.due_date"
    )
    return f"""
select
    clock_row.member_key, clock_row.child_id, clock_row.worker_id, clock_row.team_id,
    {_bands(indicator, "clock_row")} as bands,
    clock_row.by_date, clock_row.start_date, due_day.day as due_date, clock_row.due_at, clock_row.stop_date,
    due_day.working_day_no as due_working_day_no,
    -- From then on nothing is waited for, though the record counts as it was left.
    least(clock_row.ended_date, clock_row.declined_date) as closed_date,
    ({taken})::numeric as measure,
    case when clock_row.by_date then {met_by_date} else clock_row.stop_at <= clock_row.due_at end as is_met
from clock_row
left join calendar_day as start_day on start_day.day = clock_row.start_date
left join calendar_day as stop_day on stop_day.day = clock_row.stop_date
inner join calendar_day as due_day on {due_day}
where
    case
        when clock_row.stop_date is null then clock_row.start_date is not null
        when clock_row.by_date then clock_row.stop_date >= clock_row.start_date
        else clock_row.stop_at >= clock_row.start_at
    end
    -- What ended before its due date without its stop had no more to be done.
    and not (
        coalesce(clock_row.ended_date < due_day.day, false)
        and coalesce(clock_row.stop_date > clock_row.ended_date, clock_row.stop_date is null)
    )
"""
