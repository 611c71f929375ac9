-- title: Time to fill a vacancy
-- id: W39
-- question: How long do posts stay empty?
-- grain: one row per vacant post in scope that a contract filled in the period, with the days it was vacant
-- calc: median
-- better: low
-- periods: [year]
-- needs: [hr_post, hr_contract]
-- sources: ["catalogue W39: from vacant_from of the post version that was open the day before the contract"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    hr_contract.post_id as member_key,
    hr_post.team_id,
    1 as denominator,
    hr_contract.start_date - hr_post.vacant_from as measure
from period
inner join hr_contract on hr_contract.start_date between period.period_start and period.as_at
inner join hr_post
    on hr_post.post_id = hr_contract.post_id
    and hr_post.valid_from <= hr_contract.start_date - 1
    and (hr_post.valid_to is null or hr_post.valid_to > hr_contract.start_date - 1)
where
    hr_post.csww_scope
    -- A casual without hours fills no post.
    and (hr_contract.contract_type is distinct from 'casual' or hr_contract.fte > 0)
    and hr_post.vacant_from <= hr_contract.start_date
    and not exists (
        select 1
        from hr_contract as earlier
        where
            earlier.post_id = hr_contract.post_id
            and (earlier.contract_type is distinct from 'casual' or earlier.fte > 0)
            and earlier.start_date >= hr_post.vacant_from
            and earlier.start_date < hr_contract.start_date
    )
