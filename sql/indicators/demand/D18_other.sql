-- title: Children here on a plan of another authority
-- id: D18_other
-- question: How many children here have a plan of another authority?
-- grain: one row per child with a plan of another authority open at the date
-- calc: count
-- better: neither
-- periods: [snapshot]
-- needs: [ssd_cp_plans]
-- sources: ["catalogue convention K12: left out of D18 and shown separately"]
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
where cp_plan.is_other_authority
group by period.period_kind, period.period_end, cp_plan.child_id
