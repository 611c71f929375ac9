-- title: Initial health assessment within 20 working days
-- id: T31
-- question: Is a child's health looked at soon after coming into care?
-- grain: one row per period of care that began in the period and lasted 20 working days or more
-- calc: percent
-- better: high
-- clock: {from: "first day in care (day 0)", to: completed initial health assessment, unit: working days, standard: initial_health_working_days}
-- views: [started]
-- periods: [six_months, year]
-- bands: [refused]
-- needs: [ssd_cla_episodes, ssd_cla_health]
-- sources:
--   - "Promoting the health and wellbeing of looked-after children, 2015: in time for the first review"
--   - "refused counts as not met and is also counted separately"
-- used_by: [pack]
with entry as (
    select
        care_period.*,
        standard.number_value as working_days,
        first_day.working_day_no
    from care_period
    inner join calendar_day as first_day on first_day.day = care_period.first_day
    inner join parameter as standard
        on standard.name = 'initial_health_working_days'
        and standard.valid_from <= care_period.first_day
        and (standard.valid_to is null or standard.valid_to > care_period.first_day)
),

assessed as (
    select
        entry.care_key,
        entry.child_id,
        entry.first_day,
        entry.end_date,
        -- An assessment before the child entered care is ignored.
        min(health_check.check_date) filter (where health_check.status = 'Completed' and health_check.check_date >= entry.first_day)
            as completed_date,
        coalesce(bool_or(health_check.status = 'Refused' and health_check.check_date >= entry.first_day), false) as is_refused
    from entry
    left join calendar_day as last_day on last_day.day = entry.end_date
    left join health_check
        on health_check.child_id = entry.child_id
        and health_check.kind = 'initial_health'
        and (entry.end_date is null or health_check.check_date <= entry.end_date)
    where entry.end_date is null or last_day.working_day_no - entry.working_day_no >= entry.working_days
    group by entry.care_key, entry.child_id, entry.first_day, entry.end_date
)

select
    assessed.care_key as member_key,
    assessed.child_id,
    assessed.first_day as clock_start,
    assessed.completed_date as clock_stop,
    assessed.end_date as ended_date,
    case when assessed.is_refused and assessed.completed_date is null then 'refused' end as band
from assessed
