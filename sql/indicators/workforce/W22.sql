-- title: Sickness absence rate
-- id: W22
-- question: How much working time is lost to sickness?
-- grain: one row per social worker who was sick in the period, and one per employment of a social worker at its end
-- calc: percent
-- better: low
-- periods: [year]
-- needs: [hr_worker, hr_post, hr_contract, hr_absence]
-- sources: ["CSWW statistics: days lost over FTE in post at the end of the year times 253, 254 with a 29 February"]
-- used_by: [pack]
with lost as (
    select
        period.period_kind,
        period.period_end,
        sickness_day.worker_id,
        sickness_day.worker_service_first_day,
        sum(sickness_day.working_days_lost) as working_days_lost
    from period
    inner join sickness_day on sickness_day.day between period.period_start and period.as_at
    group by period.period_kind, period.period_end, sickness_day.worker_id, sickness_day.worker_service_first_day
),

last_team as (
    select distinct on (employment.worker_id, employment.worker_service_first_day)
        employment.worker_id,
        employment.worker_service_first_day,
        employment.team_id
    from employment
    where employment.is_social_worker and not employment.is_agency
    order by employment.worker_id asc, employment.worker_service_first_day asc, employment.first_day desc, employment.employment_id asc
)

select
    lost.period_kind,
    lost.period_end,
    lost.worker_id as member_key,
    lost.worker_id,
    last_team.team_id,
    round(lost.working_days_lost, 6) as numerator,
    null as denominator
from lost
inner join last_team on last_team.worker_id = lost.worker_id and last_team.worker_service_first_day = lost.worker_service_first_day
union all
select
    period.period_kind,
    period.period_end,
    employment.worker_id as member_key,
    employment.worker_id,
    employment.team_id,
    null as numerator,
    employment.fte * (
        253 + (
            select count(*)
            from calendar_day
            where
                calendar_day.day between period.period_start and period.period_end
                and extract(month from calendar_day.day) = 2
                and extract(day from calendar_day.day) = 29
        )
    ) as denominator
from period
inner join employment
    on employment.first_day <= period.as_at
    and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
where employment.is_social_worker and not employment.is_agency and employment.fte is not null
