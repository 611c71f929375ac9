-- title: Reviews that a protection plan must have
-- grain: one row per plan and review that must follow its conference or the review before, held or not
-- key: [plan_id, review_no]
-- sources:
--   - "Working Together to Safeguard Children 2023: the first review within three months, further ones within six"
--   - "catalogue T14 to T16; cp_review_basis: months, or 91 and 183 days as in the yearly figure"
-- columns:
--   plan_id: Plan, as in cp_plan
--   review_no: Number of the review in the plan, from 1
--   child_id: The child, as in child
--   after_review_id: Review before; null for the first review
--   from_date: "Day from which the limit counts: the conference or the review before"
--   due_date: Last day on which the review is in time
--   held_date: Day the review was held; null if not held
--   plan_start_date: First day of the plan
--   plan_end_date: Day the plan ended; null if it continues
--   is_other_authority: True if another authority is responsible for the plan
with awaited as (
    select
        cp_plan.plan_id,
        cp_plan.child_id,
        cp_plan.start_date as plan_start_date,
        cp_plan.end_date as plan_end_date,
        cp_plan.is_other_authority,
        1 as review_no,
        null as after_review_id,
        cp_plan.clock_date as from_date,
        cp_review.review_date as held_date,
        'cp_first_review_months' as months_name,
        'cp_first_review_days' as days_name
    from cp_plan
    left join cp_review on cp_review.plan_id = cp_plan.plan_id and cp_review.review_no = 1
    union all
    select
        cp_review.plan_id,
        cp_review.child_id,
        cp_review.plan_start_date,
        cp_review.plan_end_date,
        cp_review.is_other_authority,
        cp_review.review_no + 1 as review_no,
        cp_review.review_id as after_review_id,
        cp_review.review_date as from_date,
        cp_review.next_review_date as held_date,
        'cp_later_review_months' as months_name,
        'cp_later_review_days' as days_name
    from cp_review
)

select distinct on (awaited.plan_id, awaited.review_no)
    awaited.plan_id,
    awaited.review_no,
    awaited.child_id,
    awaited.after_review_id,
    awaited.from_date,
    case
        when basis.text_value = 'days' then awaited.from_date + in_days.number_value::integer
        else (awaited.from_date + in_months.number_value * interval '1 month')::date
    end as due_date,
    awaited.held_date,
    awaited.plan_start_date,
    awaited.plan_end_date,
    awaited.is_other_authority
from awaited
inner join parameter as in_months
    on in_months.name = awaited.months_name
    and in_months.valid_from <= awaited.from_date
    and (in_months.valid_to is null or in_months.valid_to > awaited.from_date)
inner join parameter as in_days
    on in_days.name = awaited.days_name
    and in_days.valid_from <= awaited.from_date
    and (in_days.valid_to is null or in_days.valid_to > awaited.from_date)
left join parameter as basis
    on basis.name = 'cp_review_basis'
    and basis.valid_from <= awaited.from_date
    and (basis.valid_to is null or basis.valid_to > awaited.from_date)
order by
    awaited.plan_id asc,
    awaited.review_no asc,
    in_months.valid_from desc,
    in_days.valid_from desc,
    basis.valid_from desc nulls last
