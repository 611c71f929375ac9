-- title: Children on a protection plan
-- id: D18
-- question: How many children are protected by a plan?
-- grain: one row per child with a plan open at the date
-- calc: [count, rate]
-- better: neither
-- periods: [snapshot]
-- needs: [ssd_cp_plans]
-- sources: ["CIN census: child protection plans at 31 March, other authorities' plans left out"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    cp_plan.child_id as member_key,
    cp_plan.child_id,
    1 as numerator
from period
inner join cp_plan
    on cp_plan.start_date <= period.as_at
    and (cp_plan.end_date is null or cp_plan.end_date > period.as_at)
where not cp_plan.is_other_authority
group by period.period_kind, period.period_end, cp_plan.child_id
