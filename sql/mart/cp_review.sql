-- title: Review conferences of child protection plans
-- grain: one row per plan and day of a review while the plan was open
-- key: [review_id]
-- sources: ["Working Together to Safeguard Children 2023", "catalogue T14 to T16; convention K10: one meeting on several forms is one event"]
-- columns:
--   review_id: Review; the lowest id of that day
--   plan_id: Plan, as in cp_plan
--   child_id: The child, as in child
--   plan_start_date: First day of the plan
--   plan_end_date: Day the plan ended; null if it continues
--   is_other_authority: True if another authority is responsible for the plan
--   review_date: Day of the review
--   review_no: Number of the review in the plan, from 1
--   next_review_date: Day of the next review; null if none yet
with placed as (
    select distinct on (ssd_cp_reviews.cppr_cp_review_id)
        ssd_cp_reviews.cppr_cp_review_id as review_id,
        plan.plan_id,
        plan.child_id,
        plan.start_date as plan_start_date,
        plan.end_date as plan_end_date,
        plan.is_other_authority,
        ssd_cp_reviews.cppr_cp_review_date as review_date
    from ssd_cp_reviews
    inner join ssd_cp_plans on ssd_cp_plans.cppl_cp_plan_id = ssd_cp_reviews.cppr_cp_plan_id
    -- By the plan in cp_plan, which may merge several records.
    inner join cp_plan as plan
        on plan.child_id = ssd_cp_plans.cppl_person_id
        and plan.start_date <= ssd_cp_plans.cppl_cp_plan_start_date
        and (plan.end_date is null or plan.end_date >= ssd_cp_plans.cppl_cp_plan_start_date)
    where
        ssd_cp_reviews.cppr_cp_review_date >= plan.start_date
        and (plan.end_date is null or ssd_cp_reviews.cppr_cp_review_date <= plan.end_date)
    -- A review belongs to its own plan, not also to another plan that was left open.
    order by
        ssd_cp_reviews.cppr_cp_review_id asc,
        (plan.plan_id = ssd_cp_plans.cppl_cp_plan_id) desc,
        plan.start_date desc,
        plan.plan_id asc
),

recorded as (
    select distinct on (placed.plan_id, placed.review_date) placed.*
    from placed
    order by placed.plan_id asc, placed.review_date asc, placed.review_id asc
)

select
    recorded.review_id,
    recorded.plan_id,
    recorded.child_id,
    recorded.plan_start_date,
    recorded.plan_end_date,
    recorded.is_other_authority,
    recorded.review_date,
    row_number() over (partition by recorded.plan_id order by recorded.review_date, recorded.review_id) as review_no,
    lead(recorded.review_date) over (partition by recorded.plan_id order by recorded.review_date, recorded.review_id)
        as next_review_date
from recorded
