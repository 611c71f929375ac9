-- title: First reviews of protection plans within three months
-- id: T14
-- question: Is a new plan reviewed in time?
-- grain: one row per protection plan
-- calc: percent
-- better: high
-- clock: {from: the conference that made the plan, to: first review date, unit: months, standard: cp_first_review_months}
-- views: [due]
-- periods: [six_months, year]
-- needs: [ssd_cp_reviews, ssd_cp_plans]
-- sources:
--   - "Working Together to Safeguard Children 2023: the first review within three months of the initial conference"
--   - "parameter cp_review_basis: months, or days for the yearly figure"
-- used_by: [pack]
select
    cp_review_due.plan_id as member_key,
    cp_review_due.child_id,
    cp_review_due.from_date as clock_start,
    cp_review_due.due_date as due_at,
    cp_review_due.held_date as clock_stop,
    cp_review_due.plan_end_date as ended_date
from cp_review_due
where
    cp_review_due.review_no = 1
    and not cp_review_due.is_other_authority
    -- A plan that ended by the due date is left out, reviewed or not.
    and (cp_review_due.plan_end_date is null or cp_review_due.plan_end_date > cp_review_due.due_date)
