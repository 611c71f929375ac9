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
    employment.worker_id as member_key,
    employment.worker_id,
    employment.team_id,
    0 as numerator,
    employment.fte as denominator
from period
inner join employment
    on employment.first_day <= period.as_at
    and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
where employment.is_social_worker and not employment.is_agency and employment.fte is not null
