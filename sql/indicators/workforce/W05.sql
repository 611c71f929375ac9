-- title: Vacancy rate (FTE)
-- id: W05
-- question: What share of posts has no permanent holder?
-- grain: one row per vacant part of a post and one per employment of a social worker at the date
-- calc: percent
-- better: low
-- periods: [snapshot]
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["CSWW statistics: vacancies over vacancies and social workers in post, without agency workers"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    post_holding.post_id as member_key,
    null as worker_id,
    post_holding.team_id,
    post_holding.vacant_fte as numerator,
    post_holding.vacant_fte as denominator
from period
inner join post_holding
    on post_holding.first_day <= period.as_at
    and (post_holding.last_day is null or post_holding.last_day >= period.as_at)
where post_holding.vacant_fte > 0
union all
select
    period.period_kind,
    period.period_end,
    worker_spell.worker_id as member_key,
    worker_spell.worker_id,
    worker_spell.team_id,
    0 as numerator,
    worker_spell.fte as denominator
from period
inner join worker_spell
    on worker_spell.first_day <= period.as_at
    and (worker_spell.last_counted_day is null or worker_spell.last_counted_day >= period.as_at)
where worker_spell.is_social_worker and not worker_spell.is_agency and worker_spell.fte is not null
