-- title: Dental check in the last 12 months
-- id: T33
-- question: Are the teeth of children in care checked?
-- grain: one row per child in care at the date without a break for 12 months or more
-- calc: percent
-- better: high
-- periods: [snapshot, year]
-- needs: [ssd_cla_episodes, ssd_cla_health]
-- sources: ["SSDA903 OC2 cohort: teeth checked by a dentist in the year"]
-- used_by: [pack]
with checked as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        care_period.child_id,
        max(health_check.check_date) as check_date
    from period
    inner join care_period
        on (care_period.first_day + interval '12 months')::date <= period.as_at
        and (care_period.end_date is null or care_period.end_date > period.as_at)
    left join health_check
        on health_check.child_id = care_period.child_id
        and health_check.check_date <= period.as_at
        and health_check.kind = 'dental'
        and health_check.status = 'Completed'
    group by period.period_kind, period.period_end, period.as_at, care_period.child_id
)

select
    checked.period_kind,
    checked.period_end,
    checked.child_id as member_key,
    checked.child_id,
    case
        when (checked.check_date + standard.number_value * interval '1 month')::date >= checked.as_at then 1
        else 0
    end as numerator,
    1 as denominator,
    (checked.check_date + standard.number_value * interval '1 month')::date as due_date
from checked
inner join parameter as standard
    on standard.name = 'dental_check_months'
    and standard.valid_from <= checked.as_at
    and (standard.valid_to is null or standard.valid_to > checked.as_at)
