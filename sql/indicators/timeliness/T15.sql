-- title: Later reviews of protection plans within six months
-- id: T15
-- question: Are plans reviewed again in time?
-- grain: one row per review of a plan and the next one that must follow it
-- calc: percent
-- better: high
-- clock: {from: the review before, to: next review date, unit: months, standard: cp_later_review_months}
-- views: [due]
-- periods: [six_months, year]
-- needs: [ssd_cp_reviews, ssd_cp_plans]
-- sources:
--   - "Working Together to Safeguard Children 2023: further reviews at intervals of no more than six months"
--   - "parameter cp_review_basis: months, or days for the yearly figure"
-- used_by: [pack]
select
    cp_review_due.after_review_id as member_key,
    cp_review_due.child_id,
    cp_review_due.from_date as clock_start,
    cp_review_due.due_date as due_at,
    cp_review_due.held_date as clock_stop,
    cp_review_due.plan_end_date as ended_date
from cp_review_due
where
    cp_review_due.review_no > 1
    and not cp_review_due.is_other_authority
    -- A plan that ended by the due date is left out, reviewed or not.
    and (cp_review_due.plan_end_date is null or cp_review_due.plan_end_date > cp_review_due.due_date)
