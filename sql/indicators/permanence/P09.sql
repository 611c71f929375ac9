-- title: Children long in care who stayed with the same carer
-- id: P09
-- question: Do children in care for long grow up in one home?
-- grain: one row per child under 16 in care for 30 months or more at the date
-- calc: [percent, count]
-- better: high
-- periods: [snapshot, year]
-- needs: [ssd_cla_placement, ssd_cla_episodes, ssd_person]
-- sources: ["SSDA903: long-term stability; two years with the carer; an adoptive placement counts together with the one before", "catalogue P09"]
-- used_by: [pack]
with stayed as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        care_period.child_id,
        min(
            case
                when episode_placement.home_group = 'placed for adoption' and carer_placement.is_adoptive_from_start
                    then coalesce(carer_placement.carer_before_first_day, carer_placement.first_day)
                else carer_placement.first_day
            end
        ) as since_day
    from period
    inner join care_period
        on care_period.first_day <= period.as_at
        and (care_period.last_day is null or care_period.last_day >= period.as_at)
        and (care_period.first_day + interval '30 months')::date <= period.as_at
    inner join child on child.child_id = care_period.child_id and child.sixteenth_birthday > period.as_at
    left join carer_placement
        on carer_placement.child_id = care_period.child_id
        and carer_placement.first_day <= period.as_at
        and (carer_placement.next_day is null or carer_placement.next_day > period.as_at)
    left join episode_placement
        on episode_placement.child_id = care_period.child_id
        and episode_placement.first_day <= period.as_at
        and (episode_placement.next_day is null or episode_placement.next_day > period.as_at)
    group by period.period_kind, period.period_end, period.as_at, care_period.child_id
)

select
    stayed.period_kind,
    stayed.period_end,
    stayed.child_id as member_key,
    stayed.child_id,
    case when (stayed.since_day + interval '24 months')::date <= stayed.as_at then 1 else 0 end as numerator,
    1 as denominator
from stayed
