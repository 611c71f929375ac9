-- title: Children in care for over four months without a permanence plan
-- id: P03
-- question: For which children is there no decision yet?
-- grain: one row per child in care at the date for longer than four months
-- calc: count
-- better: low
-- target: 0
-- periods: [snapshot]
-- needs: [ssd_cla_care_plan, ssd_cla_episodes]
-- sources: ["catalogue P03 and conventions K04, K08: a plan that has ended or is from an earlier period of care does not count"]
-- used_by: [pack]
with planned as (
    select distinct
        period.period_kind,
        period.period_end,
        care_plan.child_id,
        care_plan.care_first_day
    from period
    inner join care_plan
        on care_plan.start_date <= period.as_at
        and (care_plan.end_date is null or care_plan.end_date > period.as_at)
    where care_plan.has_permanence_plan
)

select
    period.period_kind,
    period.period_end,
    permanence_plan_due.child_id as member_key,
    permanence_plan_due.child_id,
    case when planned.child_id is null then 1 else 0 end as numerator,
    1 as denominator,
    case when planned.child_id is null then permanence_plan_due.months_date end as due_date
from period
inner join permanence_plan_due
    on permanence_plan_due.months_date < period.as_at
    and (permanence_plan_due.end_date is null or permanence_plan_due.end_date > period.as_at)
left join planned
    on planned.period_kind = period.period_kind
    and planned.period_end = period.period_end
    and planned.child_id = permanence_plan_due.child_id
    and planned.care_first_day = permanence_plan_due.first_day
