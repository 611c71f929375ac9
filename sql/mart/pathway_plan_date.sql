-- title: Days on which pathway plans were made or reviewed
-- grain: one row per young person and day of a plan or review
-- key: [child_id, plan_date]
-- sources: ["catalogue L09: the latest of the plan and review dates of both sources", "local parameter pathway_review_months"]
-- columns:
--   child_id: The child, as in child
--   plan_date: Day of the plan or review
--   current_until: Last day on which the plan is up to date; null without a standard for that day
with dated as (
    select
        pathway_plan.person_id as child_id,
        pathway_plan.plan_date
    from pathway_plan
    union
    select
        pathway_plan.person_id as child_id,
        pathway_plan.review_date as plan_date
    from pathway_plan
    union
    select
        ssd_care_leavers.clea_person_id as child_id,
        ssd_care_leavers.clea_pathway_plan_review_date as plan_date
    from ssd_care_leavers
)

select
    dated.child_id,
    dated.plan_date,
    max((dated.plan_date + standard.number_value * interval '1 month')::date) as current_until
from dated
left join parameter as standard
    on standard.name = 'pathway_review_months'
    and standard.valid_from <= dated.plan_date
    and (standard.valid_to is null or standard.valid_to > dated.plan_date)
where dated.child_id is not null and dated.plan_date is not null
group by dated.child_id, dated.plan_date
