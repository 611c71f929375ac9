-- title: Unaccompanied asylum-seeking children in care
-- id: D31
-- question: How many children in care are unaccompanied asylum-seeking children?
-- grain: one row per child in care at the date
-- calc: [percent, count]
-- better: neither
-- periods: [snapshot]
-- needs: [ssd_cla_episodes, ssd_immigration_status]
-- sources: ["SSDA903: unaccompanied asylum-seeking children at 31 March, to the 18th birthday or the day of a decision"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    case when unaccompanied.child_id is not null then 1 else 0 end as numerator,
    1 as denominator
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
left join unaccompanied
    on unaccompanied.child_id = care_period.child_id
    and unaccompanied.first_day <= period.as_at
    and (unaccompanied.last_day is null or unaccompanied.last_day >= period.as_at)
