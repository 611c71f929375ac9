-- title: "Agency tenure: current assignments"
-- id: W19
-- question: How long have our current agency workers worked here?
-- grain: one row per agency worker at the date, with months of service
-- calc: [mean, median]
-- better: high
-- periods: [snapshot]
-- needs: [agency_assignment]
-- sources: ["catalogue W19: up to 14 days without work do not interrupt service, nor does another team, role or agency"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    min(employment.worker_id) as member_key,
    min(employment.worker_id) as worker_id,
    min(employment.team_id) as team_id,
    1 as denominator,
    (period.as_at - agency_service.first_day) / 30.4375 as measure
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
