-- title: Strategy discussions informed by police, health and social care
-- id: S15
-- question: Did all agencies give information?
-- grain: one row per child and initial strategy discussion in the period
-- calc: percent
-- better: high
-- target: 100
-- periods: [three_months]
-- needs: [strategy_discussion]
-- sources: ["Working Together to Safeguard Children 2023, chapter 3", "catalogue S15: attending and writing both count; not recorded counts as no"]
-- used_by: [pack, councillors_report]
select
    period.period_kind,
    period.period_end,
    strategy_discussion.discussion_id || '/' || strategy_discussion.person_id as member_key,
    strategy_discussion.person_id as child_id,
    case when strategy_discussion.police_info = 'Y' and strategy_discussion.health_info = 'Y' and strategy_discussion.social_care_info = 'Y' then 1 else 0 end
        as numerator,
    1 as denominator
from period
inner join strategy_discussion
    on strategy_discussion.held_at >= period.period_start::timestamp at time zone 'Europe/London'
    and strategy_discussion.held_at < (period.as_at + 1)::timestamp at time zone 'Europe/London'
where strategy_discussion.is_initial
