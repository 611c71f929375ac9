-- title: "Agency tenure: assignments that ended"
-- id: W20
-- question: How long did agency workers stay?
-- grain: one row per stay of an agency worker that ended in the period, with its months
-- calc: [mean, median]
-- better: high
-- periods: [year]
-- needs: [agency_assignment]
-- sources: ["catalogue W20: a stay has ended when no work follows within 14 days"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    agency_stay.worker_id as member_key,
    agency_stay.worker_id,
    agency_stay.team_id,
    1 as denominator,
    (agency_stay.last_day - agency_stay.first_day) / 30.4375 as measure
from period
inner join agency_stay on agency_stay.last_day between period.period_start and period.as_at
