-- title: Second or later protection plan within two years
-- id: D23
-- question: How many children come back onto a plan soon?
-- grain: one row per plan begun in the period
-- calc: percent
-- better: low
-- periods: [year, three_months, six_months]
-- needs: [ssd_cp_plans]
-- sources: ["catalogue D23: an earlier plan that ended up to two years before, including exactly two years"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    cp_plan.plan_id as member_key,
    cp_plan.child_id,
    case
        when earlier_cp_plan.last_end_date >= (cp_plan.start_date - interval '2 years')::date then 1
        else 0
    end as numerator,
    1 as denominator
from period
inner join cp_plan on cp_plan.start_date between period.period_start and period.as_at
inner join earlier_cp_plan on earlier_cp_plan.plan_id = cp_plan.plan_id
where not cp_plan.is_other_authority
