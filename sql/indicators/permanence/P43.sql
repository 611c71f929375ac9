-- title: Children in care with a care plan on record
-- id: P43
-- question: Does every child in care have a care plan?
-- grain: one row per child in care at the date for ten working days or more
-- calc: [percent, count]
-- better: high
-- target: 100
-- periods: [snapshot]
-- needs: [ssd_cla_care_plan, ssd_cla_episodes]
-- sources: ["Care Planning Regulations 2010, regulation 4", "catalogue P43 and convention K08"]
-- used_by: [pack]
with planned as (
    select distinct
        period.period_kind,
        period.period_end,
        care_plan.child_id
    from period
    inner join care_plan
        on care_plan.start_date <= period.as_at
        and (care_plan.end_date is null or care_plan.end_date > period.as_at)
)

select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    case when planned.child_id is not null then 1 else 0 end as numerator,
    1 as denominator
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
inner join calendar_day as as_at_day on as_at_day.day = period.as_at
inner join calendar_day as entry_day on entry_day.day = care_period.first_day
left join planned
    on planned.period_kind = period.period_kind
    and planned.period_end = period.period_end
    and planned.child_id = care_period.child_id
where as_at_day.working_day_no - entry_day.working_day_no >= 10
