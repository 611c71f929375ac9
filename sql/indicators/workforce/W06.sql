-- title: Agency worker rate (FTE)
-- id: W06
-- question: What share of the social work workforce is agency staff?
-- grain: one row per social worker's employment at the date, directly or through an agency, with its FTE
-- calc: percent
-- better: low
-- periods: [snapshot]
-- needs: [hr_worker, hr_post, hr_contract, agency_assignment]
-- sources: ["CSWW statistics: agency worker rate, in full-time equivalents"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    employment.worker_id as member_key,
    employment.worker_id,
    employment.team_id,
    case when employment.is_agency then employment.fte else 0 end as numerator,
    employment.fte as denominator
from period
inner join employment
    on employment.first_day <= period.as_at
    and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
where employment.is_social_worker and employment.fte is not null
