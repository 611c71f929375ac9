-- title: Care leavers told of their rights and the local offer
-- id: L15
-- question: Do care leavers know what they can ask for?
-- grain: one row per care leaver in touch at the date
-- calc: percent
-- better: high
-- target: 100
-- periods: [snapshot]
-- needs: [rights_information, ssd_care_leavers]
-- sources: ["Children and Social Work Act 2017, section 2: the local offer", "catalogue L15: explained in the last 12 months"]
-- used_by: [pack]
with told as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        rights_told.child_id,
        max(rights_told.told_until) as told_until
    from period
    inner join rights_told on rights_told.given_date <= period.as_at
    where rights_told.topic = 'local_offer'
    group by period.period_kind, period.period_end, period.as_at, rights_told.child_id
)

select
    period.period_kind,
    period.period_end,
    care_leaver_right.child_id as member_key,
    care_leaver_right.child_id,
    care_leaver.team_id,
    case when told.told_until >= period.as_at then 1 else 0 end as numerator,
    1 as denominator,
    told.told_until as due_date
from period
inner join care_leaver_right
    on care_leaver_right.first_day <= period.as_at
    and (care_leaver_right.last_day is null or care_leaver_right.last_day >= period.as_at)
inner join care_leaver on care_leaver.child_id = care_leaver_right.child_id
left join told
    on told.period_kind = period.period_kind
    and told.period_end = period.period_end
    and told.child_id = care_leaver_right.child_id
where care_leaver.in_touch = 'YES'
