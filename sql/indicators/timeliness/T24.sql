-- title: Later care reviews within six months of the one before
-- id: T24
-- question: Are later reviews held in time?
-- grain: one row per second or later review of a period of care that another must follow
-- calc: percent
-- better: high
-- clock: {from: the review before, to: next review held, unit: months, standard: care_later_review_months}
-- views: [due]
-- periods: [six_months, year]
-- needs: [ssd_cla_episodes, ssd_cla_reviews]
-- sources: ["Care Planning Regulations 2010, regulation 33: later reviews no more than six months after the one before; a review held early restarts the time"]
-- used_by: [pack]
select
    care_review_due.item_key as member_key,
    care_review_due.child_id,
    care_review_due.start_date as clock_start,
    care_review_due.due_date as due_at,
    care_review_due.held_date as clock_stop,
    care_review_due.care_end_date as ended_date
from care_review_due
where care_review_due.review_no > 2
