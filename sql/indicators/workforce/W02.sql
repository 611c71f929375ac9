-- title: Social workers in post (headcount)
-- id: W02
-- question: How many people is that?
-- grain: one row per person employed in a child and family social work post at the date, in the most senior role held
-- calc: count
-- better: neither
-- periods: [snapshot]
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["CSWW census: social workers in post, persons counted once"]
-- used_by: [pack]
select distinct on (period.period_kind, period.period_end, worker_spell.person_key)
    period.period_kind,
    period.period_end,
    worker_spell.worker_id as member_key,
    worker_spell.worker_id,
    worker_spell.team_id,
    1 as numerator
from period
inner join worker_spell
    on worker_spell.first_day <= period.as_at
    and (worker_spell.last_counted_day is null or worker_spell.last_counted_day >= period.as_at)
where worker_spell.is_social_worker and not worker_spell.is_agency
order by
    period.period_kind asc,
    period.period_end asc,
    worker_spell.person_key asc,
    worker_spell.csww_role asc nulls last,
    worker_spell.worker_id asc,
    worker_spell.spell_id asc
