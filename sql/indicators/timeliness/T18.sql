-- title: Visits to children on a plan, every interval in time
-- id: T18
-- question: Are the visits regular?
-- grain: one row per interval between visits that ended in the period, and per interval still open of an open plan
-- calc: percent
-- better: high
-- periods: [six_months]
-- needs: [ssd_cp_visits, ssd_cp_plans]
-- sources:
--   - "local interval cp_visit_days; the first interval begins with the plan"
--   - "only visits at which the child was seen count; before birth, any visit to the mother"
-- used_by: [pack]
with point as (
    select
        cp_plan.plan_id,
        cp_plan.child_id,
        cp_plan.end_date as plan_end_date,
        cp_plan.plan_id as record_id,
        cp_plan.start_date as day,
        0 as place
    from cp_plan
    where not cp_plan.is_other_authority
    union all
    select
        cp_plan.plan_id,
        cp_plan.child_id,
        cp_plan.end_date as plan_end_date,
        min(cp_visit.visit_id) as record_id,
        cp_visit.visit_date as day,
        1 as place
    from cp_plan
    inner join cp_visit
        on cp_visit.child_id = cp_plan.child_id
        and cp_visit.visit_date >= cp_plan.start_date
        and (cp_plan.end_date is null or cp_visit.visit_date <= cp_plan.end_date)
        and (cp_visit.child_seen = 'Y' or cp_visit.was_unborn)
    where not cp_plan.is_other_authority
    group by cp_plan.plan_id, cp_plan.child_id, cp_plan.end_date, cp_visit.visit_date
),

day_range as (
    select
        point.plan_id,
        point.child_id,
        point.plan_end_date,
        point.record_id,
        point.day as from_date,
        lead(point.day) over (partition by point.child_id, point.plan_id order by point.day, point.place) as next_date
    from point
),

counted as (
    select
        period.period_kind,
        period.period_end,
        day_range.plan_id,
        day_range.child_id,
        day_range.record_id,
        day_range.next_date is null or day_range.next_date > period.as_at as is_open,
        standard.number_value as allowed,
        from_day.working_day_no + standard.number_value as due_working_day_no,
        stop_day.working_day_no - from_day.working_day_no as working_days
    from period
    inner join day_range
        on day_range.from_date <= period.as_at
        and (
            day_range.next_date between period.period_start and period.as_at
            or (
                (day_range.next_date is null or day_range.next_date > period.as_at)
                and (day_range.plan_end_date is null or day_range.plan_end_date > period.as_at)
            )
        )
    inner join calendar_day as from_day on from_day.day = day_range.from_date
    inner join calendar_day as stop_day on stop_day.day = least(day_range.next_date, period.as_at)
    inner join parameter as standard
        on standard.name = 'cp_visit_days'
        and standard.valid_from <= day_range.from_date
        and (standard.valid_to is null or standard.valid_to > day_range.from_date)
)

select
    counted.period_kind,
    counted.period_end,
    counted.record_id as member_key,
    counted.child_id,
    case when counted.working_days <= counted.allowed then 1 else 0 end as numerator,
    1 as denominator,
    counted.working_days as measure,
    due_day.day as due_date
from counted
left join calendar_day as due_day
    on counted.is_open and due_day.is_working_day and due_day.working_day_no = counted.due_working_day_no
