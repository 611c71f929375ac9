-- title: Children on a plan seen in the last ten working days
-- id: T17
-- question: Are protected children seen?
-- grain: one row per child whose plan has been open for the interval at the date
-- calc: percent
-- better: high
-- periods: [snapshot]
-- needs: [ssd_cp_visits, ssd_cp_plans]
-- sources: ["local interval cp_visit_days; only visits at which the child was seen count; before birth, any visit to the mother"]
-- used_by: [pack]
with on_plan as (
    -- With two open plans, the earlier start counts; the child counts once.
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        cp_plan.child_id,
        min(cp_plan.planned_since) as start_date
    from period
    inner join cp_plan
        on cp_plan.start_date <= period.as_at
        and (cp_plan.end_date is null or cp_plan.end_date > period.as_at)
    where not cp_plan.is_other_authority
    group by period.period_kind, period.period_end, period.as_at, cp_plan.child_id
),

visited as (
    select
        on_plan.period_kind,
        on_plan.period_end,
        on_plan.as_at,
        on_plan.child_id,
        standard.number_value as working_days,
        on_plan.start_date,
        max(cp_visit.visit_date) as visit_date
    from on_plan
    inner join parameter as standard
        on standard.name = 'cp_visit_days'
        and standard.valid_from <= on_plan.as_at
        and (standard.valid_to is null or standard.valid_to > on_plan.as_at)
    left join cp_visit
        on cp_visit.child_id = on_plan.child_id
        and cp_visit.visit_date between on_plan.start_date and on_plan.as_at
        and (cp_visit.child_seen = 'Y' or cp_visit.was_unborn)
    group by
        on_plan.period_kind, on_plan.period_end, on_plan.as_at, on_plan.child_id, standard.number_value, on_plan.start_date
)

select
    visited.period_kind,
    visited.period_end,
    visited.child_id as member_key,
    visited.child_id,
    case when as_at_day.working_day_no - visit_day.working_day_no <= visited.working_days then 1 else 0 end as numerator,
    1 as denominator,
    as_at_day.working_day_no - visit_day.working_day_no as measure,
    due_day.day as due_date
from visited
inner join calendar_day as as_at_day on as_at_day.day = visited.as_at
inner join calendar_day as start_day on start_day.day = visited.start_date
left join calendar_day as visit_day on visit_day.day = visited.visit_date
-- The next visit is due one interval after the last, or after the plan began.
left join calendar_day as due_day
    on due_day.is_working_day
    and due_day.working_day_no = coalesce(visit_day.working_day_no, start_day.working_day_no) + visited.working_days
where as_at_day.working_day_no - start_day.working_day_no >= visited.working_days
