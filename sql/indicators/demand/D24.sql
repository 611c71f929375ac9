-- title: Protection plans open for two years or more
-- id: D24
-- question: Do plans drift?
-- grain: one row per plan open at the date
-- calc: [percent, count]
-- better: low
-- periods: [snapshot]
-- needs: [ssd_cp_plans]
-- sources: ["CIN statistics: length of plans open at 31 March; two years to the day is two years"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    cp_plan.plan_id as member_key,
    cp_plan.child_id,
    case when (cp_plan.start_date + interval '24 months')::date <= period.as_at then 1 else 0 end as numerator,
    1 as denominator,
    period.as_at - cp_plan.start_date as measure
from period
inner join cp_plan
    on cp_plan.start_date <= period.as_at
    and (cp_plan.end_date is null or cp_plan.end_date > period.as_at)
where not cp_plan.is_other_authority
