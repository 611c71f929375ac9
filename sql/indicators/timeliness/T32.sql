-- title: Review health assessment up to date
-- id: T32
-- question: Are health checks of children in care current?
-- grain: one row per child in care at the date without a break for 12 months or more
-- calc: percent
-- better: high
-- periods: [snapshot, year]
-- needs: [ssd_cla_episodes, ssd_cla_health]
-- sources: ["Care Planning Regulations 2010, regulation 7: every six months under five, every 12 months from five on", "SSDA903 OC2 cohort"]
-- used_by: [pack]
with checked as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        care_period.child_id,
        coalesce(child.fifth_birthday > period.as_at, false) as is_under_five,
        max(health_check.check_date) as check_date
    from period
    inner join care_period
        on (care_period.first_day + interval '12 months')::date <= period.as_at
        and (care_period.end_date is null or care_period.end_date > period.as_at)
    left join child on child.child_id = care_period.child_id
    left join health_check
        on health_check.child_id = care_period.child_id
        and health_check.check_date <= period.as_at
        and health_check.kind in ('review_health', 'health')
        and health_check.status = 'Completed'
    group by period.period_kind, period.period_end, period.as_at, care_period.child_id, child.fifth_birthday
),

due as (
    select
        checked.*,
        (checked.check_date + standard.number_value * interval '1 month')::date as due_date
    from checked
    inner join parameter as standard
        on standard.name = case when checked.is_under_five then 'review_health_under_five_months' else 'review_health_months' end
        and standard.valid_from <= checked.as_at
        and (standard.valid_to is null or standard.valid_to > checked.as_at)
)

select
    due.period_kind,
    due.period_end,
    due.child_id as member_key,
    due.child_id,
    case when due.due_date >= due.as_at then 1 else 0 end as numerator,
    1 as denominator,
    due.due_date
from due
