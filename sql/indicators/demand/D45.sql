-- title: Homeless at 16 and 17 with a joint assessment in time
-- id: D45
-- question: Are homeless young people assessed at once?
-- grain: one row per 16 or 17 year old and day of presenting as homeless
-- calc: [percent, count]
-- better: high
-- clock: {from: "presented_date (day 0)", to: joint_assessment_date, unit: working days, standard: homeless_joint_assessment_working_days}
-- views: [started]
-- periods: [six_months, year]
-- needs: [homeless_1617]
-- sources: ["Prevention of homelessness and provision of accommodation for 16 and 17 year olds, 2018; the number of days is local"]
-- used_by: [pack]
select
    homeless_1617.presentation_id as member_key,
    homeless_1617.person_id as child_id,
    homeless_1617.presented_date as clock_start,
    homeless_1617.joint_assessment_date as clock_stop
from homeless_1617
left join child on child.child_id = homeless_1617.person_id
where
    (child.sixteenth_birthday is null or child.sixteenth_birthday <= homeless_1617.presented_date)
    and (child.eighteenth_birthday is null or child.eighteenth_birthday > homeless_1617.presented_date)
