-- title: Length of episodes of need
-- id: D13
-- question: How long do we work with children?
-- grain: one row per episode of need open at the date
-- calc: count
-- better: low
-- periods: [snapshot]
-- bands: [3 months or less, over 3 to 6 months, over 6 months to under 1 year, 1 to under 2 years, 2 years or more]
-- needs: [ssd_cin_episodes]
-- sources: ["CIN statistics: duration of episodes open at 31 March, in full months; three months to the day are in the first band"]
-- used_by: [pack]
with open_episode as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        need_episode.referral_id,
        need_episode.child_id,
        need_episode.team_id,
        need_episode.referral_date,
        (
            (extract(year from period.as_at) - extract(year from need_episode.referral_date)) * 12
            + extract(month from period.as_at) - extract(month from need_episode.referral_date)
        )::integer as months
    from period
    inner join need_episode
        on need_episode.referral_date <= period.as_at
        and (need_episode.close_date is null or need_episode.close_date > period.as_at)
    where not need_episode.is_not_in_need
)

select
    open_episode.period_kind,
    open_episode.period_end,
    open_episode.referral_id as member_key,
    open_episode.child_id,
    open_episode.team_id,
    1 as numerator,
    1 as denominator,
    open_episode.months
    - case
        when (open_episode.referral_date + open_episode.months * interval '1 month')::date > open_episode.as_at then 1 else 0
    end as measure,
    case
        when (open_episode.referral_date + interval '3 months')::date >= open_episode.as_at then '3 months or less'
        when (open_episode.referral_date + interval '6 months')::date >= open_episode.as_at then 'over 3 to 6 months'
        when (open_episode.referral_date + interval '12 months')::date > open_episode.as_at then 'over 6 months to under 1 year'
        when (open_episode.referral_date + interval '24 months')::date > open_episode.as_at then '1 to under 2 years'
        else '2 years or more'
    end as band
from open_episode
