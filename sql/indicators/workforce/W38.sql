-- title: Median hourly charge by role
-- id: W38
-- question: What do we pay for an hour?
-- grain: one row per agency assignment at the date whose charge is known
-- calc: median
-- better: low
-- periods: [snapshot]
-- bands: [social worker, senior social worker, advanced practitioner, team manager, reviewing officer or conference chair]
-- band_figure: median
-- needs: [agency_assignment]
-- sources: ["catalogue W38: the five job groups of the agency rules; no figure for fewer than five assignments"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    agency_assignment.assignment_id as member_key,
    agency_assignment.agency_worker_id as worker_id,
    agency_assignment.charge_rate_hour as measure,
    agency_assignment.role_group as band
from period
inner join agency_assignment
    on agency_assignment.start_date <= period.as_at
    and (agency_assignment.end_date is null or agency_assignment.end_date >= period.as_at)
where agency_assignment.charge_rate_hour is not null
