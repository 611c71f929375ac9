-- title: Working days lost to sickness by employed social workers
-- grain: one row per sickness absence and working day lost during service
-- key: [absence_id, day]
-- sources: ["CSWW census guide: working days lost", "CSWW statistics: sickness absence rate"]
-- columns:
--   absence_id: Absence, as in hr_absence
--   day: Day lost; the first day for an absence without a working day
--   worker_id: Worker, as in hr_worker
--   worker_service_first_day: First day of the worker's service in which the day lies
--   working_days_lost: Part of the recorded working days that falls on this day; 1 if nothing is recorded or the absence is open
with run as (
    select distinct
        employment.worker_id,
        employment.worker_service_first_day,
        employment.worker_service_last_day
    from employment
    where employment.is_social_worker and not employment.is_agency
),

absence as (
    select
        hr_absence.absence_id,
        hr_absence.worker_id,
        hr_absence.start_date,
        hr_absence.end_date,
        hr_absence.working_days_lost,
        count(calendar_day.day) as working_days
    from hr_absence
    left join calendar_day
        on calendar_day.day between hr_absence.start_date and hr_absence.end_date and calendar_day.is_working_day
    where
        hr_absence.absence_type = 'sickness'
        and hr_absence.start_date is not null
        and (hr_absence.end_date is null or hr_absence.end_date >= hr_absence.start_date)
    group by
        hr_absence.absence_id,
        hr_absence.worker_id,
        hr_absence.start_date,
        hr_absence.end_date,
        hr_absence.working_days_lost
)

-- The recorded days are spread over the working days of the absence, so that a part can be counted. A day counts as 1
-- if nothing is recorded or the absence is open. An absence without a working day counts on its first day.
select
    absence.absence_id,
    calendar_day.day,
    absence.worker_id,
    run.worker_service_first_day,
    case
        when absence.end_date is null or absence.working_days_lost is null then 1
        else absence.working_days_lost / greatest(absence.working_days, 1)
    end as working_days_lost
from absence
inner join calendar_day
    on calendar_day.day >= absence.start_date
    and (absence.end_date is null or calendar_day.day <= absence.end_date)
    and case
        when absence.end_date is not null and absence.working_days = 0
            then calendar_day.day = absence.start_date and absence.working_days_lost > 0
        else calendar_day.is_working_day
    end
inner join run
    on run.worker_id = absence.worker_id
    and run.worker_service_first_day <= calendar_day.day
    and (run.worker_service_last_day is null or run.worker_service_last_day >= calendar_day.day)
