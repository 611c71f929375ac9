-- title: First care review within 20 working days
-- id: T22
-- question: Is the plan of a child who entered care reviewed within four weeks?
-- grain: one row per period of care, without series of short breaks
-- calc: percent
-- better: high
-- clock: {from: "first day in care (day 0)", to: first review held, unit: working days, standard: care_first_review_working_days}
-- views: [due]
-- periods: [six_months, year]
-- needs: [ssd_cla_episodes, ssd_cla_reviews]
-- sources: ["Care Planning Regulations 2010, regulation 33: the first review within 20 working days of the child becoming looked after"]
-- used_by: [pack]
with before_entry as (
    select
        ssd_cla_reviews.clar_cla_id as care_id,
        max(ssd_cla_reviews.clar_cla_review_date) as review_date
    from ssd_cla_reviews
    left join care_review on care_review.review_id = ssd_cla_reviews.clar_cla_review_id
    where
        ssd_cla_reviews.clar_cla_id is not null
        and coalesce(ssd_cla_reviews.clar_cla_review_cancelled, 'N') <> 'Y'
        -- Reviews of an earlier period of care under the same id are valid.
        and care_review.review_id is null
    group by ssd_cla_reviews.clar_cla_id
)

select
    care_review_due.item_key as member_key,
    care_review_due.child_id,
    care_review_due.start_date as clock_start,
    care_review_due.due_date as due_at,
    -- A review before the child entered care is a wrong date; the runner leaves the child out.
    coalesce(
        care_review_due.held_date,
        case when before_entry.review_date < care_review_due.start_date then before_entry.review_date end
    ) as clock_stop,
    care_review_due.care_end_date as ended_date
from care_review_due
left join before_entry on before_entry.care_id = care_review_due.item_key
where care_review_due.review_no = 1
