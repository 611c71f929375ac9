-- title: "Agency tenure: assignments that ended"
-- id: W20
-- question: How long was the service of agency workers who left?
-- grain: one row per agency worker's service that ended in the period, with its months
-- calc: [mean, median]
-- better: high
-- periods: [year]
-- needs: [agency_assignment]
-- sources: ["catalogue W20: service has ended when no work follows within 14 days"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    agency_service.worker_id as member_key,
    agency_service.worker_id,
    agency_service.team_id,
    1 as denominator,
    (agency_service.last_day - agency_service.first_day) / 30.4375 as measure
from period
inner join agency_service on agency_service.last_day between period.period_start and period.as_at
