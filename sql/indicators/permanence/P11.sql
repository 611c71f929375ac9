-- title: Children in care who live with family or friends
-- id: P11
-- question: Do we keep children within their family?
-- grain: one row per child in care at the date
-- calc: [percent, count]
-- better: high
-- periods: [snapshot]
-- needs: [ssd_cla_placement, ssd_cla_episodes]
-- sources: ["SSDA903 code set PLACE: U1 to U3 foster care with relatives or friends, P1 with parents"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    case when episode_placement.placement_type in ('U1', 'U2', 'U3', 'P1') then 1 else 0 end as numerator,
    1 as denominator
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
left join episode_placement
    on episode_placement.child_id = care_period.child_id
    and episode_placement.first_day <= period.as_at
    and (episode_placement.next_day is null or episode_placement.next_day > period.as_at)
