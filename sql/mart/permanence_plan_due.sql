-- title: When each child in care must have a permanence plan, and when the first one was made
-- grain: one row per period of care
-- key: [care_key]
-- sources: ["Care planning guidance: a permanence plan by the second review", "catalogue P01 and P02: the second review or four months, whichever is earlier"]
-- columns:
--   care_key: Period of care, as in care_period
--   child_id: The child, as in child
--   first_day: First day in care
--   end_date: Day of leaving care; null if care continues
--   months_date: Day on which the months of permanence_plan_months end
--   due_date: "Last day on which the plan is in time: the second review or months_date, whichever is earlier"
--   plan_date: Day of the first permanence plan; null if there is none
--   is_other_alone: True if the first plan is only marked as other
with planned as (
    select distinct on (care_plan.child_id, care_plan.care_first_day)
        care_plan.child_id,
        care_plan.care_first_day,
        care_plan.start_date as plan_date,
        care_plan.plan_keys = array['OTHERPLN'] as is_other_alone
    from care_plan
    where care_plan.has_permanence_plan and care_plan.care_first_day is not null
    order by care_plan.child_id asc, care_plan.care_first_day asc, care_plan.start_date asc, care_plan.plan_keys = array['OTHERPLN'] asc
),

-- If the authority chooses so, the pathway plan counts for young people who entered care at 16 or over.
pathway as (
    select
        care_period.child_id,
        care_period.first_day,
        min(pathway_plan.plan_date) as plan_date
    from care_period
    inner join child on child.child_id = care_period.child_id and child.sixteenth_birthday <= care_period.first_day
    inner join parameter as choice
        on choice.name = 'pathway_plan_as_permanence'
        and choice.valid_from <= care_period.first_day
        and (choice.valid_to is null or choice.valid_to > care_period.first_day)
        and choice.text_value = 'yes'
    inner join pathway_plan
        on pathway_plan.person_id = care_period.child_id
        and pathway_plan.plan_date >= care_period.first_day
        and (care_period.end_date is null or pathway_plan.plan_date < care_period.end_date)
    group by care_period.child_id, care_period.first_day
)

select distinct on (care_period.care_key)
    care_period.care_key,
    care_period.child_id,
    care_period.first_day,
    care_period.end_date,
    (care_period.first_day + standard.number_value * interval '1 month')::date as months_date,
    least(second.review_date, (care_period.first_day + standard.number_value * interval '1 month')::date) as due_date,
    least(planned.plan_date, pathway.plan_date) as plan_date,
    coalesce(planned.is_other_alone and planned.plan_date <= coalesce(pathway.plan_date, planned.plan_date), false) as is_other_alone
from care_period
left join parameter as standard
    on standard.name = 'permanence_plan_months'
    and standard.valid_from <= care_period.first_day
    and (standard.valid_to is null or standard.valid_to > care_period.first_day)
left join care_review as second
    on second.child_id = care_period.child_id
    and second.care_first_day = care_period.first_day
    and second.review_no = 2
left join planned
    on planned.child_id = care_period.child_id and planned.care_first_day = care_period.first_day
left join pathway on pathway.child_id = care_period.child_id and pathway.first_day = care_period.first_day
order by care_period.care_key asc, standard.valid_from desc
