-- title: Social workers with one-to-one supervision in time
-- id: T54
-- question: Does each worker have supervision?
-- grain: one row per case holder at the date who was at work on a working day of the interval
-- calc: percent
-- better: high
-- periods: [snapshot]
-- needs: [supervision, ssd_involvements, ssd_professionals, ssd_cin_episodes, hr_worker, hr_post, hr_contract]
-- sources:
--   - "local intervals supervision_days and newly_qualified_supervision_days"
--   - "catalogue convention K18 and W25: agency workers are included and never newly qualified"
-- used_by: [pack]
with holder as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        caseload.person_key,
        min(employment.worker_id) as worker_id,
        min(employment.team_id) as team_id,
        min(employment.first_day) as first_day,
        bool_or(
            not employment.is_agency
            and coalesce(hr_worker.asye_start <= period.as_at, true)
            -- A worker who has completed the year was in it until the day of completion.
            and case when hr_worker.asye_end is null then coalesce(hr_worker.asye_status = 'in_progress', false) else hr_worker.asye_end > period.as_at end
        ) as is_newly_qualified
    from period
    inner join caseload
        on caseload.first_day <= period.as_at
        and (caseload.last_day is null or caseload.last_day >= period.as_at)
    inner join employment
        on employment.person_key = caseload.person_key
        and employment.first_day <= period.as_at
        and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
    left join hr_worker on hr_worker.worker_id = employment.worker_id
    where employment.is_social_worker
    group by period.period_kind, period.period_end, period.as_at, caseload.person_key
),

bounded as (
    select
        holder.*,
        standard.number_value::integer as allowed
    from holder
    inner join parameter as standard
        on standard.name = case when holder.is_newly_qualified then 'newly_qualified_supervision_days' else 'supervision_days' end
        and standard.valid_from <= holder.as_at
        and (standard.valid_to is null or standard.valid_to > holder.as_at)
),

absent as (
    select
        coalesce(hr_worker.swe_number, hr_worker.staff_id, hr_worker.worker_id) as person_key,
        range_agg(daterange(hr_absence.start_date, hr_absence.end_date, '[]')) as days
    from hr_absence
    inner join hr_worker on hr_worker.worker_id = hr_absence.worker_id
    where hr_absence.start_date is not null and (hr_absence.end_date is null or hr_absence.end_date >= hr_absence.start_date)
    group by coalesce(hr_worker.swe_number, hr_worker.staff_id, hr_worker.worker_id)
),

at_work as (
    select distinct
        bounded.period_kind,
        bounded.period_end,
        bounded.person_key
    from bounded
    inner join calendar_day
        on calendar_day.day > bounded.as_at - bounded.allowed
        and calendar_day.day <= bounded.as_at
        and calendar_day.is_working_day
    inner join employment
        on employment.person_key = bounded.person_key
        and employment.first_day <= calendar_day.day
        and (employment.last_day is null or employment.last_day >= calendar_day.day)
    left join absent on absent.person_key = bounded.person_key and absent.days @> calendar_day.day
    where absent.person_key is null
),

supervised as (
    select
        bounded.period_kind,
        bounded.period_end,
        bounded.person_key,
        max(worker_supervision.held_date) as held_date
    from bounded
    inner join worker_supervision
        on worker_supervision.person_key = bounded.person_key and worker_supervision.held_date <= bounded.as_at
    group by bounded.period_kind, bounded.period_end, bounded.person_key
)

select
    bounded.period_kind,
    bounded.period_end,
    bounded.worker_id as member_key,
    bounded.worker_id,
    bounded.team_id,
    case when bounded.as_at - supervised.held_date <= bounded.allowed then 1 else 0 end as numerator,
    1 as denominator,
    bounded.as_at - supervised.held_date as measure,
    coalesce(supervised.held_date, bounded.first_day) + bounded.allowed as due_date
from bounded
inner join at_work
    on at_work.period_kind = bounded.period_kind
    and at_work.period_end = bounded.period_end
    and at_work.person_key = bounded.person_key
left join supervised
    on supervised.period_kind = bounded.period_kind
    and supervised.period_end = bounded.period_end
    and supervised.person_key = bounded.person_key
