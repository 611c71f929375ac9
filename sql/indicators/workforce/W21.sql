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
    min(worker_spell.worker_id) as member_key,
    min(worker_spell.worker_id) as worker_id,
    min(worker_spell.team_id) as team_id,
    case when (agency_stay.first_day + interval '6 months')::date <= period.as_at then 1 else 0 end as numerator,
    1 as denominator
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
