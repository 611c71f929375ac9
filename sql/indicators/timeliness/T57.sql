-- title: "Drift: from the referral to a protection plan"
-- id: T57
-- question: How long was the child known before the protection plan?
-- grain: one row per child whose first plan on record began in the period, with the days since the referral before it
-- calc: [mean, median]
-- better: low
-- periods: [year]
-- needs: [ssd_cin_episodes, ssd_cp_plans]
-- sources: ["catalogue T57: the first plan, from the nearest referral before it; the same day counts as 0 days"]
-- used_by: [pack]
with first_plan as (
    select
        cp_plan.child_id,
        min(cp_plan.start_date) as start_date
    from cp_plan
    where not cp_plan.is_other_authority
    group by cp_plan.child_id
),

preceded as (
    select
        first_plan.child_id,
        first_plan.start_date,
        max(referral.referral_date) as referral_date
    from first_plan
    inner join referral
        on referral.child_id = first_plan.child_id and referral.referral_date <= first_plan.start_date
    group by first_plan.child_id, first_plan.start_date
)

select
    period.period_kind,
    period.period_end,
    preceded.child_id as member_key,
    preceded.child_id,
    1 as numerator,
    1 as denominator,
    preceded.start_date - preceded.referral_date as measure
from period
inner join preceded on preceded.start_date between period.period_start and period.as_at
