-- title: Long-term foster homes formally agreed
-- id: P05
-- question: Has the long-term foster home been formally agreed?
-- grain: one row per child in foster care for six months or more at the date whose plan is long-term fostering
-- calc: [percent, count]
-- better: high
-- periods: [snapshot]
-- needs: [ssd_cla_care_plan, ssd_cla_placement, ssd_cla_episodes]
-- sources: ["SSDA903 code set PLACE: U1 and U4 are long-term", "catalogue P05: or a match decided by the panel if the code was not updated"]
-- used_by: [pack]
with planned as (
    select distinct
        period.period_kind,
        period.period_end,
        episode_placement.child_id,
        carer_placement.first_day as carer_first_day,
        episode_placement.home_type
    from period
    inner join episode_placement
        on episode_placement.first_day <= period.as_at
        and (episode_placement.next_day is null or episode_placement.next_day > period.as_at)
    inner join care_plan
        on care_plan.child_id = episode_placement.child_id
        and care_plan.care_first_day = episode_placement.care_first_day
        and care_plan.start_date <= period.as_at
        and (care_plan.end_date is null or care_plan.end_date > period.as_at)
    inner join carer_placement
        on carer_placement.child_id = episode_placement.child_id
        and carer_placement.first_day <= period.as_at
        and (carer_placement.next_day is null or carer_placement.next_day > period.as_at)
    where
        care_plan.plan_keys @> array['LTFOST18']
        and episode_placement.home_group = 'fostering'
        and (episode_placement.home_group_first_day + interval '6 months')::date <= period.as_at
),

-- A match with this carer, under any placement with the carer; a match without a placement is about the present one.
matched as (
    select distinct
        planned.period_kind,
        planned.period_end,
        planned.child_id
    from planned
    inner join period on period.period_kind = planned.period_kind and period.period_end = planned.period_end
    inner join ltf_match
        on ltf_match.person_id = planned.child_id
        and ltf_match.decision = 'matched'
        and ltf_match.decision_date <= period.as_at
    left join episode_placement
        on episode_placement.child_id = planned.child_id
        and episode_placement.placement_id = ltf_match.placement_id
        and episode_placement.first_day >= planned.carer_first_day
        and episode_placement.first_day <= period.as_at
    where
        episode_placement.placement_id is not null
        or (ltf_match.placement_id is null and ltf_match.decision_date >= planned.carer_first_day)
)

select
    planned.period_kind,
    planned.period_end,
    planned.child_id as member_key,
    planned.child_id,
    case when planned.home_type in ('U1', 'U4') or matched.child_id is not null then 1 else 0 end as numerator,
    1 as denominator
from planned
left join matched
    on matched.period_kind = planned.period_kind
    and matched.period_end = planned.period_end
    and matched.child_id = planned.child_id
