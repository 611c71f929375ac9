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
    min(worker_spell.worker_id) as member_key,
    min(worker_spell.worker_id) as worker_id,
    min(worker_spell.team_id) as team_id,
    1 as denominator,
    (period.as_at - agency_stay.first_day) / 30.4375 as measure
from period
inner join worker_spell
    on worker_spell.first_day <= period.as_at
    and (worker_spell.last_counted_day is null or worker_spell.last_counted_day >= period.as_at)
inner join agency_stay
    on agency_stay.person_key = worker_spell.person_key
    and agency_stay.first_day <= period.as_at
    and (agency_stay.last_day is null or agency_stay.last_day >= period.as_at)
where worker_spell.is_agency
group by period.period_kind, period.period_end, period.as_at, worker_spell.person_key, agency_stay.first_day
