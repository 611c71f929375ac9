-- title: Agency workers with six months or more with us
-- id: W21
-- question: How many agency workers have been here for six months or more?
-- grain: one row per agency worker at the date
-- calc: percent
-- better: high
-- periods: [snapshot]
-- needs: [agency_assignment]
-- sources: ["catalogue W21 and convention K04: exactly six calendar months count"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    min(employment.worker_id) as member_key,
    min(employment.worker_id) as worker_id,
    min(employment.team_id) as team_id,
    case when (agency_service.first_day + interval '6 months')::date <= period.as_at then 1 else 0 end as numerator,
    1 as denominator
from period
inner join employment
    on employment.first_day <= period.as_at
    and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
inner join agency_service
    on agency_service.person_key = employment.person_key
    and agency_service.first_day <= period.as_at
    and (agency_service.last_day is null or agency_service.last_day >= period.as_at)
where employment.is_agency
group by period.period_kind, period.period_end, period.as_at, employment.person_key, agency_service.first_day
