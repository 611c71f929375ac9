-- title: Protection plans that ended after two years or more
-- id: D25
-- question: Did plans drift?
-- grain: one row per plan that ended in the period
-- calc: percent
-- better: low
-- periods: [year, six_months]
-- needs: [ssd_cp_plans]
-- sources: ["CIN statistics: length of plans that ended; two years to the day are two years"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    cp_plan.plan_id as member_key,
    cp_plan.child_id,
    case when cp_plan.end_date >= (cp_plan.start_date + interval '24 months')::date then 1 else 0 end as numerator,
    1 as denominator,
    cp_plan.end_date - cp_plan.start_date as measure
from period
inner join cp_plan on cp_plan.end_date between period.period_start and period.as_at
where not cp_plan.is_other_authority
