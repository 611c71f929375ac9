-- title: Reviews of children in care
-- grain: one row per child, period of care and day of a review
-- key: [review_id]
-- sources: ["Care Planning Regulations 2010, regulation 33", "catalogue T22 to T26; convention K10: one meeting on several forms is one event"]
-- columns:
--   review_id: Review; the lowest id of that day
--   child_id: The child, as in child
--   care_first_day: First day of the period of care
--   review_no: Number of the review in the period of care, from 1
--   review_date: Day the review was held
--   next_review_date: Day of the next review in the same period of care; null if none yet
--   participation: Code of how the child took part (ssda903.REVIEW_CODE); null if not recorded
with owner as (
    select
        ssd_cla_episodes.clae_cla_id as care_id,
        min(ssd_cla_episodes.clae_person_id) as child_id
    from ssd_cla_episodes
    where ssd_cla_episodes.clae_cla_id is not null
    group by ssd_cla_episodes.clae_cla_id
),

held as (
    select
        ssd_cla_reviews.clar_cla_review_id as review_id,
        coalesce(ssd_cla_reviews.clar_cla_person_id, owner.child_id) as child_id,
        ssd_cla_reviews.clar_cla_review_date as review_date,
        ssd_cla_reviews.clar_cla_review_participation as participation
    from ssd_cla_reviews
    left join owner on owner.care_id = ssd_cla_reviews.clar_cla_id
    where
        ssd_cla_reviews.clar_cla_review_date is not null
        and coalesce(ssd_cla_reviews.clar_cla_review_cancelled, 'N') <> 'Y'
),

-- A review belongs to the period of care in which it was held, including the day of leaving.
placed as (
    select distinct on (held.review_id)
        held.review_id,
        held.child_id,
        care_period.first_day as care_first_day,
        held.review_date,
        held.participation
    from held
    inner join care_period
        on care_period.child_id = held.child_id
        and care_period.first_day <= held.review_date
        and (care_period.end_date is null or care_period.end_date >= held.review_date)
    order by held.review_id asc, care_period.first_day desc
),

one_a_day as (
    select
        min(placed.review_id) as review_id,
        placed.child_id,
        placed.care_first_day,
        placed.review_date,
        (array_agg(placed.participation order by placed.review_id desc) filter (where placed.participation is not null))[1]
            as participation
    from placed
    group by placed.child_id, placed.care_first_day, placed.review_date
)

select
    one_a_day.review_id,
    one_a_day.child_id,
    one_a_day.care_first_day,
    row_number() over in_order as review_no,
    one_a_day.review_date,
    lead(one_a_day.review_date) over in_order as next_review_date,
    one_a_day.participation
from one_a_day
window in_order as (partition by one_a_day.child_id, one_a_day.care_first_day order by one_a_day.review_date)
