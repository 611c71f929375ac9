-- title: Care leavers over 21 told of support up to 25
-- id: L16
-- question: Do care leavers over 21 know that they can still ask for support?
-- grain: one row per former relevant young person aged 21 to 24 on the last day
-- calc: [percent, count]
-- better: high
-- periods: [year]
-- needs: [rights_information, ssd_care_leavers]
-- sources: ["Children and Social Work Act 2017, section 3: contact at least once a year", "catalogue L16"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_leaver.child_id as member_key,
    care_leaver.child_id,
    care_leaver.team_id,
    case when max(rights_told.told_until) >= period.as_at then 1 else 0 end as numerator,
    1 as denominator,
    max(rights_told.told_until) as due_date
from period
inner join child
    on child.birth_date + interval '21 years' <= period.as_at
    and child.birth_date + interval '25 years' > period.as_at
    and (child.death_date is null or child.death_date > period.as_at)
inner join care_leaver on care_leaver.child_id = child.child_id
left join rights_told
    on rights_told.child_id = care_leaver.child_id
    and rights_told.topic = 'support_to_25'
    and rights_told.given_date <= period.as_at
where care_leaver.eligibility = 'Former Relevant' and care_leaver.in_touch is distinct from 'DIED'
group by period.period_kind, period.period_end, period.as_at, care_leaver.child_id, care_leaver.team_id
