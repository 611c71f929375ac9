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
    min(worker_spell.worker_id) as member_key,
    min(worker_spell.worker_id) as worker_id,
    min(worker_spell.team_id) as team_id,
    sum(worker_spell.fte) as numerator
from period
inner join worker_spell
    on worker_spell.first_day <= period.as_at
    and (worker_spell.last_counted_day is null or worker_spell.last_counted_day >= period.as_at)
where worker_spell.is_agency
group by period.period_kind, period.period_end, worker_spell.person_key
