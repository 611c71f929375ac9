-- title: Second care review within three months of the first
-- id: T23
-- question: Is the second review held in time?
-- grain: one row per first review of a period of care that a second must follow
-- calc: percent
-- better: high
-- clock: {from: the first review, to: second review held, unit: months, standard: care_second_review_months}
-- views: [due]
-- periods: [six_months, year]
-- needs: [ssd_cla_episodes, ssd_cla_reviews]
-- sources: ["Care Planning Regulations 2010, regulation 33: the second review no more than three months after the first"]
-- used_by: [pack]
select
    care_review_due.item_key as member_key,
    care_review_due.child_id,
    care_review_due.start_date as clock_start,
    care_review_due.due_date as due_at,
    care_review_due.held_date as clock_stop,
    care_review_due.care_end_date as ended_date
from care_review_due
where care_review_due.review_no = 2
