-- title: Children in care without unaccompanied asylum-seeking children
-- id: D31_without
-- question: How many children in care are not unaccompanied asylum-seeking children?
-- grain: one row per child in care at the date who is not an unaccompanied asylum-seeking child
-- calc: [count, rate]
-- better: neither
-- periods: [snapshot]
-- needs: [ssd_cla_episodes, ssd_immigration_status]
-- sources: ["catalogue D31: the rate without unaccompanied children; with them it is D28"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    1 as numerator
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
left join unaccompanied
    on unaccompanied.child_id = care_period.child_id
    and unaccompanied.first_day <= period.as_at
    and (unaccompanied.last_day is null or unaccompanied.last_day >= period.as_at)
where unaccompanied.child_id is null
