-- title: Care leavers who came as unaccompanied asylum-seeking children
-- id: L14
-- question: How many care leavers came as unaccompanied children?
-- grain: one row per young person with a leaving care right at the date
-- calc: count
-- better: neither
-- periods: [snapshot]
-- needs: [ssd_care_leavers, ssd_immigration_status]
-- sources: ["catalogue L14: the status at any time before 18; a status that ended at 18 counts"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_leaver_right.child_id as member_key,
    care_leaver_right.child_id,
    care_leaver.team_id,
    case when count(unaccompanied.child_id) > 0 then 1 else 0 end as numerator,
    1 as denominator
from period
inner join care_leaver_right
    on care_leaver_right.first_day <= period.as_at
    and (care_leaver_right.last_day is null or care_leaver_right.last_day >= period.as_at)
inner join care_leaver on care_leaver.child_id = care_leaver_right.child_id
left join unaccompanied
    on unaccompanied.child_id = care_leaver_right.child_id
    and unaccompanied.first_day <= period.as_at
group by period.period_kind, period.period_end, care_leaver_right.child_id, care_leaver.team_id
