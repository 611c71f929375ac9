-- title: Children in need
-- id: D11
-- question: How many children do we help at one time?
-- grain: one row per child with an episode of need open at the date
-- calc: [count, rate]
-- better: neither
-- periods: [snapshot]
-- needs: [ssd_cin_episodes]
-- sources: ["CIN census: children in need at 31 March; without no further action and not in need (RC8); with unborn children and young people over 18"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    need_episode.child_id as member_key,
    need_episode.child_id,
    max(need_episode.team_id) as team_id,
    1 as numerator
from period
inner join need_episode
    on need_episode.referral_date <= period.as_at
    and (need_episode.close_date is null or need_episode.close_date > period.as_at)
where not need_episode.is_not_in_need
group by period.period_kind, period.period_end, need_episode.child_id
