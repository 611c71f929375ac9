-- title: Vacancies covered by agency
-- id: W12
-- question: What share of vacancies has an agency worker in it?
-- grain: one row per agency worker's employment that covers a vacancy and one per vacant part of a post at the date
-- calc: percent
-- better: neither
-- periods: [snapshot]
-- needs: [hr_post, hr_contract, agency_assignment]
-- sources: ["CSWW statistics: agency cover over vacancies, in full-time equivalents"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    vacancy_cover.worker_id as member_key,
    vacancy_cover.worker_id,
    vacancy_cover.team_id,
    vacancy_cover.fte as numerator,
    null::numeric as denominator
from period
inner join vacancy_cover
    on vacancy_cover.first_day <= period.as_at
    and (vacancy_cover.last_day is null or vacancy_cover.last_day >= period.as_at)
where vacancy_cover.is_cover and vacancy_cover.fte is not null
union all
select
    period.period_kind,
    period.period_end,
    post_holding.post_id as member_key,
    null as worker_id,
    post_holding.team_id,
    null as numerator,
    post_holding.vacant_fte as denominator
from period
inner join post_holding
    on post_holding.first_day <= period.as_at
    and (post_holding.last_day is null or post_holding.last_day >= period.as_at)
where post_holding.vacant_fte > 0
