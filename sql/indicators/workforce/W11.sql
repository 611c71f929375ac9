-- title: Agency cover of vacancies
-- id: W11
-- question: How much of the agency use covers vacant posts?
-- grain: one row per agency worker's employment at the date, with its FTE
-- calc: percent
-- better: neither
-- periods: [snapshot]
-- needs: [agency_assignment]
-- sources: ["CSWW statistics: agency workers covering vacancies, of all agency workers, in full-time equivalents"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    vacancy_cover.worker_id as member_key,
    vacancy_cover.worker_id,
    vacancy_cover.team_id,
    case when vacancy_cover.is_cover then vacancy_cover.fte else 0 end as numerator,
    vacancy_cover.fte as denominator
from period
inner join vacancy_cover
    on vacancy_cover.first_day <= period.as_at
    and (vacancy_cover.last_day is null or vacancy_cover.last_day >= period.as_at)
where vacancy_cover.fte is not null
