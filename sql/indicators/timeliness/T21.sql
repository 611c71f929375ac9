-- title: Need plans reviewed in the last three months
-- id: T21
-- question: Are need plans reviewed regularly?
-- grain: one row per need plan open for three months or more at the date, the child on no protection plan and not in care
-- calc: percent
-- better: high
-- periods: [snapshot]
-- needs: [ssd_cin_plans, cin_review]
-- sources: ["local interval cin_review_months"]
-- used_by: [pack]
with reviewed as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        cin_plan.plan_id,
        cin_plan.child_id,
        cin_plan.team_id,
        cin_plan.start_date,
        standard.number_value as allowed,
        max(cin_review.held_date) as held_date
    from period
    inner join cin_plan
        on cin_plan.start_date <= period.as_at
        and (cin_plan.end_date is null or cin_plan.end_date > period.as_at)
    inner join parameter as standard
        on standard.name = 'cin_review_months'
        and standard.valid_from <= period.as_at
        and (standard.valid_to is null or standard.valid_to > period.as_at)
        and (cin_plan.start_date + standard.number_value * interval '1 month')::date <= period.as_at
    left join cin_review
        on cin_review.cin_plan_id = cin_plan.plan_id
        and cin_review.held_date between cin_plan.start_date and period.as_at
    where not cin_plan.covered_days @> period.as_at
    group by
        period.period_kind, period.period_end, period.as_at, cin_plan.plan_id, cin_plan.child_id, cin_plan.team_id,
        cin_plan.start_date, standard.number_value
),

dated as (
    select
        reviewed.*,
        (coalesce(reviewed.held_date, reviewed.start_date) + reviewed.allowed * interval '1 month')::date as due_date
    from reviewed
)

select
    dated.period_kind,
    dated.period_end,
    dated.plan_id as member_key,
    dated.child_id,
    dated.team_id,
    case when dated.held_date is not null and dated.due_date >= dated.as_at then 1 else 0 end as numerator,
    1 as denominator,
    dated.as_at - dated.held_date as measure,
    dated.due_date
from dated
