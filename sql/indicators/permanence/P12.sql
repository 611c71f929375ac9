-- title: Children in care by who provides the placement
-- id: P12
-- question: Who provides the placements?
-- grain: one row per child in care at the date
-- calc: count
-- better: neither
-- periods: [snapshot]
-- bands: [PR0, PR1, PR2, PR3, PR4, PR5, no provider, unknown code, not recorded]
-- needs: [ssd_cla_placement, ssd_cla_episodes]
-- sources: ["SSDA903 code set PLACE_PROVIDER: temporary (T0 to T4) and other placements (Z1) have none"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    1 as numerator,
    1 as denominator,
    case
        when
            episode_placement.provider is null
            and (episode_placement.is_temporary or episode_placement.placement_type in ('Z1', 'Z11', 'Z12', 'Z13', 'Z14')) then 'no provider'
        when episode_placement.provider is null then 'not recorded'
        when not episode_placement.is_known_provider then 'unknown code'
        else episode_placement.provider
    end as band
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
left join episode_placement
    on episode_placement.child_id = care_period.child_id
    and episode_placement.first_day <= period.as_at
    and (episode_placement.next_day is null or episode_placement.next_day > period.as_at)
