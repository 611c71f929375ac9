-- title: Care visits within the limit in the first year of a placement
-- id: T28
-- question: Are children in care visited as often as required?
-- grain: one row per visit and the time to the next one with the same carer, under a limit in days
-- calc: percent
-- better: high
-- periods: [six_months]
-- needs: [ssd_cla_visits, ssd_cla_episodes, ssd_cla_placement]
-- sources: ["Care Planning Regulations 2010, regulation 28: every placement that is not settled", "a gap that continues counts once it exceeds the limit"]
-- used_by: [pack]
with run as (
    select
        period.period_kind,
        period.period_end,
        care_visit_gap.visit_id,
        care_visit_gap.child_id,
        care_visit_gap.due_date,
        care_visit_gap.next_visit_date - care_visit_gap.visit_date as days,
        case when care_visit_gap.next_visit_date <= care_visit_gap.due_date then 1 else 0 end as is_in_time
    from period
    inner join care_visit_gap on care_visit_gap.next_visit_date between period.period_start and period.as_at
    where care_visit_gap.rule <> 'settled'
    union all
    select
        period.period_kind,
        period.period_end,
        care_visit_gap.visit_id,
        care_visit_gap.child_id,
        coalesce(
            care_visit_gap.visit_date + care_visit_limit.limit_days,
            (care_visit_gap.visit_date + care_visit_limit.limit_months * interval '1 month')::date
        ) as due_date,
        period.as_at - care_visit_gap.visit_date as days,
        0 as is_in_time
    from period
    inner join care_visit_gap
        on care_visit_gap.visit_date <= period.as_at
        and (care_visit_gap.next_visit_date is null or care_visit_gap.next_visit_date > period.as_at)
        and (care_visit_gap.clock_end_date is null or care_visit_gap.clock_end_date > period.as_at)
    inner join care_visit_limit
        on care_visit_limit.child_id = care_visit_gap.child_id
        and care_visit_limit.first_day <= period.as_at
        and (care_visit_limit.end_date is null or care_visit_limit.end_date > period.as_at)
    where
        care_visit_limit.rule <> 'settled'
        and coalesce(
            care_visit_gap.visit_date + care_visit_limit.limit_days,
            (care_visit_gap.visit_date + care_visit_limit.limit_months * interval '1 month')::date
        ) < period.as_at
)

select
    run.period_kind,
    run.period_end,
    run.visit_id as member_key,
    run.child_id,
    run.is_in_time as numerator,
    1 as denominator,
    run.days as measure,
    run.due_date
from run
