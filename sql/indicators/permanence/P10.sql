-- title: Children in care by kind of placement
-- id: P10
-- question: Where do children live?
-- grain: one row per child in care at the date
-- calc: count
-- better: neither
-- periods: [snapshot]
-- bands: [fostering, residential, secure, supported accommodation, with parents, placed for adoption, other, unknown code, not recorded]
-- needs: [ssd_cla_placement, ssd_cla_episodes]
-- sources: ["SSDA903 code set PLACE", "catalogue P10: a child on a temporary absence is shown under other"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    1 as numerator,
    1 as denominator,
    case
        when episode_placement.placement_type is null then 'not recorded'
        when not episode_placement.is_known_type then 'unknown code'
        else episode_placement.placement_group
    end as band
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
left join episode_placement
    on episode_placement.child_id = care_period.child_id
    and episode_placement.first_day <= period.as_at
    and (episode_placement.next_day is null or episode_placement.next_day > period.as_at)
