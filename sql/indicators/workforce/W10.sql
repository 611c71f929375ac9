-- title: Posts filled permanently (FTE)
-- id: W10
-- question: What share of funded posts has a permanent holder?
-- grain: one row per employment of a social worker and one per funded post at the date
-- calc: percent
-- better: high
-- periods: [snapshot]
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["catalogue W10: W01 over W03; more than 100 if posts are held twice"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    employment.worker_id as member_key,
    employment.worker_id,
    employment.team_id,
    employment.fte as numerator,
    null::numeric as denominator
from period
inner join employment
    on employment.first_day <= period.as_at
    and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
where employment.is_social_worker and not employment.is_agency and employment.fte is not null
union all
select
    period.period_kind,
    period.period_end,
    post_holding.post_id as member_key,
    null as worker_id,
    post_holding.team_id,
    null as numerator,
    post_holding.funded_fte as denominator
from period
inner join post_holding
    on post_holding.first_day <= period.as_at
    and (post_holding.last_day is null or post_holding.last_day >= period.as_at)
