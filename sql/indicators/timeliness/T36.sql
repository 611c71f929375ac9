-- title: Personal education plan in date
-- id: T36
-- question: Does each child in care have a plan from this or the last term?
-- grain: one row per child of statutory school age in care at the date, for ten school days or more
-- calc: percent
-- better: high
-- periods: [snapshot]
-- needs: [ssd_cla_episodes, pep]
-- sources: ["Promoting the education of looked-after children, 2018: reviewed every term", "school days are working days in a term"]
-- used_by: [pack]
with term as (
    select
        min(calendar_day.day) as first_day,
        max(calendar_day.day) as last_day,
        row_number() over (order by min(calendar_day.day)) as term_no
    from calendar_day
    where calendar_day.school_term is not null
    group by calendar_day.school_term
),

-- For each day the school days so far, and its term or the last one before it.
calendar as (
    select
        calendar_day.day,
        count(*) filter (where calendar_day.is_working_day and calendar_day.school_term is not null) over (order by calendar_day.day)
            as school_day_no,
        count(term.term_no) over (order by calendar_day.day) as term_no
    from calendar_day
    left join term on term.first_day = calendar_day.day
),

-- A plan is in date from the first day of the last full term.
window_of as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        calendar.term_no,
        last_full.first_day as since
    from period
    inner join calendar on calendar.day = period.as_at
    inner join term on term.term_no = calendar.term_no
    left join term as last_full
        on last_full.term_no = case when term.last_day < period.as_at then term.term_no else term.term_no - 1 end
),

planned as (
    select
        window_of.period_kind,
        window_of.period_end,
        window_of.as_at,
        window_of.term_no,
        window_of.since,
        care_period.child_id,
        max(pep.plan_date) as plan_date
    from window_of
    inner join care_period
        on care_period.first_day <= window_of.as_at
        and (care_period.end_date is null or care_period.end_date > window_of.as_at)
    inner join school_age
        on school_age.child_id = care_period.child_id
        and window_of.as_at between school_age.first_day and school_age.last_day
    inner join calendar as as_at_day on as_at_day.day = window_of.as_at
    inner join calendar as first_day on first_day.day = care_period.first_day
    left join pep on pep.person_id = care_period.child_id and pep.plan_date <= window_of.as_at
    where as_at_day.school_day_no - first_day.school_day_no >= 10
    group by
        window_of.period_kind, window_of.period_end, window_of.as_at, window_of.term_no, window_of.since, care_period.child_id
)

select
    planned.period_kind,
    planned.period_end,
    planned.child_id as member_key,
    planned.child_id,
    case when planned.plan_date >= planned.since then 1 else 0 end as numerator,
    1 as denominator,
    planned.term_no - plan_day.term_no as measure,
    next_term.last_day as due_date
from planned
left join calendar as plan_day on plan_day.day = planned.plan_date
left join term as next_term on next_term.term_no = plan_day.term_no + 1
