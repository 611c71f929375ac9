-- title: Protection plans ended
-- id: D21
-- question: How many children come off a plan?
-- grain: one row per plan that ended in the period
-- calc: [count, rate]
-- better: neither
-- periods: [six_months, three_months, year]
-- needs: [ssd_cp_plans]
-- sources: ["CIN census: plans ended, including moves to another authority"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    cp_plan.plan_id as member_key,
    cp_plan.child_id,
    1 as numerator
from period
inner join cp_plan on cp_plan.end_date between period.period_start and period.as_at
where not cp_plan.is_other_authority
