-- title: "Education, health and care: requests, assessments, plans"
-- id: D35
-- question: How many requests, assessments and plans are there for special needs?
-- grain: one row per case with a request in the period, an assessment decided in it, or a plan in force at its end; the headline counts requests
-- calc: count
-- better: neither
-- periods: [three_months]
-- bands: [assessment with an outcome, plan in force]
-- needs: [ehc_case]
-- sources: ["SEN2: requests, decisions whether to issue, plans in force"]
-- used_by: [pack]
with placed as (
    select
        period.period_kind,
        period.period_end,
        ehc_case.case_id,
        ehc_case.person_id,
        ehc_case.request_date between period.period_start and period.as_at as is_requested,
        coalesce(
            ehc_case.issue_decision_date between period.period_start and period.as_at and ehc_case.issue_decision in ('yes', 'no'), false
        ) as is_assessed,
        coalesce(
            ehc_case.plan_issued_date <= period.as_at
            and (ehc_case.plan_ceased_date is null or ehc_case.plan_ceased_date > period.as_at),
            false
        ) as is_in_force
    from period
    inner join ehc_case on ehc_case.request_date <= period.as_at
)

select
    placed.period_kind,
    placed.period_end,
    placed.case_id as member_key,
    placed.person_id as child_id,
    case when placed.is_requested then 1 else 0 end as numerator,
    array_remove(
        array[
            case when placed.is_assessed then 'assessment with an outcome' end,
            case when placed.is_in_force then 'plan in force' end
        ],
        null
    ) as bands
from placed
where placed.is_requested or placed.is_assessed or placed.is_in_force
