-- title: Agency workers in post (FTE and headcount)
-- id: W07
-- question: How many agency social workers do we have?
-- grain: one row per agency worker at the date, with the FTE of all assignments
-- calc: [sum, headcount]
-- better: low
-- periods: [snapshot]
-- needs: [agency_assignment]
-- sources: ["CSWW census guide: agency workers in post"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    min(employment.worker_id) as member_key,
    min(employment.worker_id) as worker_id,
    min(employment.team_id) as team_id,
    sum(employment.fte) as numerator
from period
inner join employment
    on employment.first_day <= period.as_at
    and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
where employment.is_agency
group by period.period_kind, period.period_end, employment.person_key
