-- title: Later reviews of protection plans within six months
-- id: T15
-- question: Does somebody look again in time?
-- grain: one row per review of a plan and the next one that must follow it
-- calc: percent
-- better: high
-- clock: {from: the review before, to: next review date, unit: months, standard: cp_later_review_months}
-- views: [due]
-- periods: [six_months, year]
-- needs: [ssd_cp_reviews, ssd_cp_plans]
-- sources: ["Working Together to Safeguard Children 2023: further reviews at intervals of no more than six months"]
-- used_by: [pack]
with due as (
    select
        cp_review.*,
        (cp_review.review_date + standard.number_value * interval '1 month')::date as due_date
    from cp_review
    inner join parameter as standard
        on standard.name = 'cp_later_review_months'
        and standard.valid_from <= cp_review.review_date
        and (standard.valid_to is null or standard.valid_to > cp_review.review_date)
)

select
    due.review_id as member_key,
    due.child_id,
    due.review_date as clock_start,
    due.due_date as due_at,
    due.next_review_date as clock_stop,
    due.plan_end_date as ended_date
from due
where
    not due.is_other_authority
    -- A plan that ended by the due date is out, reviewed or not.
    and (due.plan_end_date is null or due.plan_end_date > due.due_date)
