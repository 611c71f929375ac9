-- title: First pathway plans made within three months of eligibility
-- id: L08
-- question: Is planning for adulthood started in time?
-- grain: one row per young person who became eligible in care
-- calc: [percent, needs_assessment]
-- figures: {needs_assessment: "100 * count(member_key) filter (where bands @> array['needs assessed in time']) / nullif(sum(denominator), 0)"}
-- better: high
-- clock: {from: "later of 16th birthday and 13 weeks in care", to: first pathway plan, unit: months, standard: pathway_plan_months}
-- views: [due]
-- periods: [six_months, year]
-- bands: [needs assessed in time]
-- needs: [pathway_plan, ssd_cla_episodes]
-- sources: ["Care Planning Regulations 2010, regulations 40 to 43: needs assessed within three months, the plan as soon as possible after", "catalogue L08"]
-- used_by: [pack]
with made as (
    select
        pathway_plan.person_id as child_id,
        min(pathway_plan.plan_date) as plan_date,
        min(pathway_plan.needs_assessment_date) as assessment_date
    from pathway_plan
    group by pathway_plan.person_id
)

select
    pathway_eligibility.child_id as member_key,
    pathway_eligibility.child_id,
    care_leaver.team_id,
    pathway_eligibility.eligible_from as clock_start,
    -- A plan made before the day counts as made on it.
    case when made.plan_date is not null then greatest(made.plan_date, pathway_eligibility.eligible_from) end as clock_stop,
    pathway_eligibility.ended_date,
    case when made.assessment_date <= pathway_eligibility.plan_due_date then 'needs assessed in time' end as band
from pathway_eligibility
left join made on made.child_id = pathway_eligibility.child_id
left join care_leaver on care_leaver.child_id = pathway_eligibility.child_id
where pathway_eligibility.eligible_from is not null
