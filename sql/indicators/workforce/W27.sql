-- title: Time in service
-- id: W27
-- question: How experienced is the workforce here?
-- grain: one row per employed social worker at the date, with completed years of service
-- calc: [headcount, median]
-- better: neither
-- periods: [snapshot]
-- bands: [under 2 years, 2 to under 5, 5 to under 10, 10 to under 20, 20 to under 30, 30 years or more]
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["catalogue W27: in the census from the start of service in scope, in the daily view from the start of employment with the authority"]
-- used_by: [pack]
with basis as (
    select
        period.period_kind,
        period.period_end,
        coalesce(parameter.text_value = 'census', false) as is_census
    from period
    left join parameter
        on parameter.name = 'basis'
        and parameter.valid_from <= period.as_at
        and (parameter.valid_to is null or parameter.valid_to > period.as_at)
),

-- Under any HR number.
person as (
    select
        employment.person_key,
        min(hr_worker.continuous_service_start) as continuous_service_start
    from employment
    inner join hr_worker on hr_worker.worker_id = employment.worker_id
    where not employment.is_agency
    group by employment.person_key
),

serving as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        min(employment.worker_id) as worker_id,
        min(employment.team_id) as team_id,
        min(
            case
                when basis.is_census then employment.person_service_first_day
                else coalesce(person.continuous_service_start, employment.person_service_first_day)
            end
        ) as since
    from period
    inner join basis on basis.period_kind = period.period_kind and basis.period_end = period.period_end
    inner join employment
        on employment.first_day <= period.as_at
        and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
    inner join person on person.person_key = employment.person_key
    where employment.is_social_worker and not employment.is_agency
    group by period.period_kind, period.period_end, period.as_at, employment.person_key
),

counted as (
    select
        serving.period_kind,
        serving.period_end,
        serving.worker_id,
        serving.team_id,
        extract(year from age(serving.as_at, serving.since)) as years
    from serving
)

select
    counted.period_kind,
    counted.period_end,
    counted.worker_id as member_key,
    counted.worker_id,
    counted.team_id,
    1 as numerator,
    counted.years as measure,
    case
        when counted.years < 2 then 'under 2 years'
        when counted.years < 5 then '2 to under 5'
        when counted.years < 10 then '5 to under 10'
        when counted.years < 20 then '10 to under 20'
        when counted.years < 30 then '20 to under 30'
        else '30 years or more'
    end as band
from counted
