-- title: Second or later protection plan, ever
-- id: D22
-- question: How many children come back onto a plan?
-- grain: one row per plan begun in the period, with the years of earlier plan records
-- calc: [percent, look_back_years]
-- figures:
--   look_back_years: "min(measure)"
-- better: low
-- periods: [year, three_months, six_months]
-- needs: [ssd_cp_plans]
-- sources: ["CIN statistics: second or later plan; the years of earlier records are shown beside it"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    cp_plan.plan_id as member_key,
    cp_plan.child_id,
    case when earlier_cp_plan.has_earlier_plan then 1 else 0 end as numerator,
    1 as denominator,
    earlier_cp_plan.years_held_before as measure
from period
inner join cp_plan on cp_plan.start_date between period.period_start and period.as_at
inner join earlier_cp_plan on earlier_cp_plan.plan_id = cp_plan.plan_id
where not cp_plan.is_other_authority
