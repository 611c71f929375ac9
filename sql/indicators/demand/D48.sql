-- title: "Profile of children in need: age, sex, ethnicity, disability"
-- id: D48
-- question: Who are the children we help?
-- grain: one row per child with an episode of need open at the date, in a band of each kind
-- calc: count
-- better: neither
-- periods: [snapshot]
-- bands: ["age: unborn", "age: under 1", "age: 1 to 4", "age: 5 to 9", "age: 10 to 15", "age: 16 and 17", "age: 18 or over", "age: not recorded",
--   "sex: F", "sex: M", "sex: U", "sex: unknown code", "sex: not recorded",
--   "ethnic group: White", "ethnic group: Mixed", "ethnic group: Asian", "ethnic group: Black", "ethnic group: Other",
--   "ethnic group: refused", "ethnic group: not yet obtained", "ethnic group: unknown code",
--   "ethnic group: not recorded",
--   "disability: disabled", "disability: not disabled", "disability: not recorded"]
-- needs: [ssd_cin_episodes]
-- sources: ["CIN statistics: characteristics of children in need; age at the date; unborn, refused and not yet obtained are shown separately"]
-- used_by: [pack]
with in_need as (
    select distinct
        period.period_kind,
        period.period_end,
        period.as_at,
        need_episode.child_id
    from period
    inner join need_episode
        on need_episode.referral_date <= period.as_at
        and (need_episode.close_date is null or need_episode.close_date > period.as_at)
    where not need_episode.is_not_in_need
)

select
    in_need.period_kind,
    in_need.period_end,
    in_need.child_id as member_key,
    in_need.child_id,
    1 as numerator,
    1 as denominator,
    array[
        'age: ' || case
            when child.birth_date > in_need.as_at or (child.birth_date is null and child.expected_birth_date is not null)
                then 'unborn'
            when child.birth_date is null then 'not recorded'
            when child.birth_date > in_need.as_at - interval '1 year' then 'under 1'
            when child.birth_date > in_need.as_at - interval '5 years' then '1 to 4'
            when child.birth_date > in_need.as_at - interval '10 years' then '5 to 9'
            when child.birth_date > in_need.as_at - interval '16 years' then '10 to 15'
            when child.birth_date > in_need.as_at - interval '18 years' then '16 and 17'
            else '18 or over'
        end,
        'sex: ' || case
            when child.sex is null then 'not recorded' when child.sex in ('F', 'M', 'U') then child.sex else 'unknown code'
        end,
        'ethnic group: ' || case
            when child.ethnic_group is not null then child.ethnic_group
            when child.ethnicity is null then 'not recorded'
            else 'unknown code'
        end,
        'disability: ' || case
            when child.is_disabled then 'disabled' when not child.is_disabled then 'not disabled' else 'not recorded'
        end
    ] as bands
from in_need
left join child on child.child_id = in_need.child_id
