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
    worker_spell.worker_id as member_key,
    worker_spell.worker_id,
    worker_spell.team_id,
    case when not worker_spell.is_social_worker then worker_spell.fte end as numerator,
    case when worker_spell.is_social_worker then worker_spell.fte end as denominator
from period
inner join worker_spell
    on worker_spell.first_day <= period.as_at
    and (worker_spell.last_counted_day is null or worker_spell.last_counted_day >= period.as_at)
where
    worker_spell.fte is not null
    and (
        worker_spell.is_social_worker
        or (
            worker_spell.role_group = 'business_support'
            and not exists (
                select 1
                from elsewhere
                where
                    elsewhere.dept_team_id = worker_spell.team_id
                    and elsewhere.valid_from <= period.as_at
                    and (elsewhere.valid_to is null or elsewhere.valid_to > period.as_at)
            )
        )
    )
