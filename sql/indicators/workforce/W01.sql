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
    employment.worker_id as member_key,
    employment.worker_id,
    employment.team_id,
    employment.fte as numerator
from period
inner join employment
    on employment.first_day <= period.as_at
    and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
where employment.is_social_worker and not employment.is_agency and employment.fte is not null
