-- title: Protection plans started
-- id: D20
-- question: How many children come onto a plan?
-- grain: one row per plan begun in the period
-- calc: [count, rate]
-- better: neither
-- periods: [six_months, three_months, year]
-- bands: [joined of several records]
-- needs: [ssd_cp_plans]
-- sources: ["CIN census: plans started; without temporary plans of other authorities; a plan begun again by mistake is the same plan"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    cp_plan.plan_id as member_key,
    cp_plan.child_id,
    1 as numerator,
    case when cp_plan.is_joined then 'joined of several records' end as band
from period
inner join cp_plan on cp_plan.start_date between period.period_start and period.as_at
where not cp_plan.is_other_authority
