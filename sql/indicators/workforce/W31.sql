-- title: Business support per social worker
-- id: W31
-- question: Was admin capacity added?
-- grain: one row per employment in business support in a case-holding service, and of a social worker, at the date
-- calc: ratio
-- better: high
-- periods: [snapshot]
-- needs: [hr_worker, hr_post, hr_contract, agency_assignment]
-- sources: ["catalogue W31: agency business support is not in the contract and not estimated"]
-- used_by: [pack]
with elsewhere as (
    select
        team_map.dept_team_id,
        team_map.valid_from,
        team_map.valid_to
    from team_map
    where team_map.service in ('fostering_adoption', 'iro_quality', 'other')
)

select
    period.period_kind,
    period.period_end,
    employment.worker_id as member_key,
    employment.worker_id,
    employment.team_id,
    case when not employment.is_social_worker then employment.fte end as numerator,
    case when employment.is_social_worker then employment.fte end as denominator
from period
inner join employment
    on employment.first_day <= period.as_at
    and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
where
    employment.fte is not null
    and (
        employment.is_social_worker
        or (
            employment.role_group = 'business_support'
            and not exists (
                select 1
                from elsewhere
                where
                    elsewhere.dept_team_id = employment.team_id
                    and elsewhere.valid_from <= period.as_at
                    and (elsewhere.valid_to is null or elsewhere.valid_to > period.as_at)
            )
        )
    )
