-- title: Social workers in post (FTE)
-- id: W01
-- question: How many permanent child and family social workers do we employ, in full-time equivalents?
-- grain: one row per employment of a social worker at the date, with its FTE
-- calc: sum
-- better: neither
-- periods: [snapshot]
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["CSWW census: social workers in post, in full-time equivalents"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    worker_spell.worker_id as member_key,
    worker_spell.worker_id,
    worker_spell.team_id,
    worker_spell.fte as numerator
from period
inner join worker_spell
    on worker_spell.first_day <= period.as_at
    and (worker_spell.last_counted_day is null or worker_spell.last_counted_day >= period.as_at)
where worker_spell.is_social_worker and not worker_spell.is_agency and worker_spell.fte is not null
