-- title: Children placed outside the authority
-- id: P14
-- question: How many children live in another authority's area?
-- grain: one row per child in care at the date whose placement's authority is known
-- calc: [percent, count]
-- better: low
-- periods: [snapshot]
-- needs: [ssd_cla_placement, ssd_cla_episodes, postcode_la]
-- sources: ["catalogue P14: a postcode that is missing, withheld or not in the look-up is unknown and left out"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    case when placement_area.is_inside then 0 else 1 end as numerator,
    1 as denominator
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
inner join episode_placement
    on episode_placement.child_id = care_period.child_id
    and episode_placement.first_day <= period.as_at
    and (episode_placement.next_day is null or episode_placement.next_day > period.as_at)
inner join placement_area on placement_area.placement_id = episode_placement.placement_id
