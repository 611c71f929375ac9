-- title: Pathway plans that young people wrote or helped to write
-- id: L10
-- question: Whose plan is it?
-- grain: one row per pathway plan made or reviewed in the period
-- calc: percent
-- better: high
-- periods: [six_months]
-- needs: [pathway_plan]
-- sources: ["catalogue L10: not recorded counts as no"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    pathway_plan.plan_id as member_key,
    pathway_plan.person_id as child_id,
    care_leaver.team_id,
    case when pathway_plan.authored_by in ('young_person', 'together') then 1 else 0 end as numerator,
    1 as denominator
from period
inner join pathway_plan
    on pathway_plan.plan_date between period.period_start and period.as_at
    or pathway_plan.review_date between period.period_start and period.as_at
left join child on child.child_id = pathway_plan.person_id
left join care_leaver on care_leaver.child_id = pathway_plan.person_id
where
    child.birth_date is null
    or (child.sixteenth_birthday <= period.as_at and child.birth_date + interval '25 years' > period.as_at)
