-- title: Children with a need plan seen in the last 20 working days
-- id: T20
-- question: Are children in need seen?
-- grain: one row per child whose need plan has been open for the interval at the date, on no protection plan and not in care
-- calc: percent
-- better: high
-- periods: [snapshot]
-- needs: [ssd_cin_plans, ssd_cin_visits]
-- sources: ["local interval cin_visit_days; only visits at which the child was seen count; before birth, any visit to the mother"]
-- used_by: [pack]
with planned as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        cin_plan.child_id,
        min(cin_plan.team_id) as team_id,
        min(cin_plan.planned_since) as start_date
    from period
    inner join cin_plan
        on cin_plan.start_date <= period.as_at
        and (cin_plan.end_date is null or cin_plan.end_date > period.as_at)
    where not cin_plan.covered_days @> period.as_at and cin_plan.child_id is not null
    group by period.period_kind, period.period_end, period.as_at, cin_plan.child_id
),

visited as (
    select
        planned.period_kind,
        planned.period_end,
        planned.as_at,
        planned.child_id,
        planned.team_id,
        planned.start_date,
        standard.number_value as allowed,
        max(cin_visit.visit_date) as visit_date
    from planned
    inner join parameter as standard
        on standard.name = 'cin_visit_days'
        and standard.valid_from <= planned.as_at
        and (standard.valid_to is null or standard.valid_to > planned.as_at)
    left join cin_visit
        on cin_visit.child_id = planned.child_id
        and cin_visit.visit_date <= planned.as_at
        and (cin_visit.child_seen = 'Y' or cin_visit.was_unborn)
    group by
        planned.period_kind, planned.period_end, planned.as_at, planned.child_id, planned.team_id, planned.start_date,
        standard.number_value
)

select
    visited.period_kind,
    visited.period_end,
    visited.child_id as member_key,
    visited.child_id,
    visited.team_id,
    case when as_at_day.working_day_no - visit_day.working_day_no <= visited.allowed then 1 else 0 end as numerator,
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
    and due_day.working_day_no = coalesce(visit_day.working_day_no, start_day.working_day_no) + visited.allowed
where as_at_day.working_day_no - start_day.working_day_no >= visited.allowed
