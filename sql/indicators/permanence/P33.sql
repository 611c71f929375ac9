-- title: Children in care placed with their parents
-- id: P33
-- question: How many children in care live at home?
-- grain: one row per child in care at the date
-- calc: [percent, count]
-- better: neither
-- periods: [snapshot]
-- bands: [with parents under a care order, with parents without one]
-- needs: [ssd_cla_placement, ssd_cla_episodes]
-- sources: ["SSDA903 code set PLACE: P1, which needs a care order (C1, C2)"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    case when episode_placement.placement_type = 'P1' then 1 else 0 end as numerator,
    1 as denominator,
    case
        when episode_placement.placement_type <> 'P1' then null
        when legal_status.status in ('C1', 'C2') then 'with parents under a care order'
        when episode_placement.placement_type = 'P1' then 'with parents without one'
    end as band
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
left join episode_placement
    on episode_placement.child_id = care_period.child_id
    and episode_placement.first_day <= period.as_at
    and (episode_placement.next_day is null or episode_placement.next_day > period.as_at)
left join legal_status
    on legal_status.child_id = care_period.child_id
    and legal_status.first_day <= period.as_at
    and (legal_status.last_day is null or legal_status.last_day >= period.as_at)
