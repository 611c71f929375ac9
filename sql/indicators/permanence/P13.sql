-- title: Children placed over 20 miles from home
-- id: P13
-- question: How many children live far from home?
-- grain: one row per child in care at the date whose distance from home is known
-- calc: [percent, count, percent_over_and_outside]
-- better: low
-- figures: {percent_over_and_outside: "100.0 * coalesce(sum(numerator) filter (where bands @> array['outside the boundary']), 0)
--   / nullif(sum(denominator) filter (where not bands @> array['boundary not known']), 0)"}
-- periods: [snapshot, year]
-- bands: [inside the boundary, outside the boundary, boundary not known, unaccompanied, not unaccompanied]
-- band_figure: percent
-- needs: [ssd_cla_placement, ssd_cla_episodes]
-- sources: ["SSDA903: distance; 20.0 miles are not over 20; an empty distance or 999.9 is unknown and left out"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    case when episode_placement.distance > 20 then 1 else 0 end as numerator,
    1 as denominator,
    episode_placement.distance as measure,
    array[
        case
            when placement_area.is_inside then 'inside the boundary'
            when not placement_area.is_inside then 'outside the boundary'
            else 'boundary not known'
        end,
        case when unaccompanied.child_id is null then 'not unaccompanied' else 'unaccompanied' end
    ] as bands
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
inner join episode_placement
    on episode_placement.child_id = care_period.child_id
    and episode_placement.first_day <= period.as_at
    and (episode_placement.next_day is null or episode_placement.next_day > period.as_at)
left join placement_area on placement_area.placement_id = episode_placement.placement_id
left join unaccompanied
    on unaccompanied.child_id = care_period.child_id
    and unaccompanied.first_day <= period.as_at
    and (unaccompanied.last_day is null or unaccompanied.last_day >= period.as_at)
where episode_placement.distance >= 0 and episode_placement.distance < 999.9
