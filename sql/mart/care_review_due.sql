-- title: Reviews that children in care must have
-- grain: one row per review that must follow entering care or the review before
-- key: [child_id, care_first_day, review_no]
-- sources: ["Care Planning Regulations 2010, regulation 33: within 20 working days, three months, six months", "catalogue T22 to T25"]
-- columns:
--   child_id: The child, as in child
--   care_first_day: First day of the period of care
--   care_end_date: Day of leaving care; null if care continues
--   review_no: Number of the review in the period of care, from 1
--   item_key: "Key of the member in T22 to T25: the period of care, or the review before"
--   start_date: "Day from which the limit counts: entering care or the review before"
--   held_date: Day the review was held; null if not held
--   due_date: Last day on which the review is in time
--   is_in_time: True if held by the due date; null if not held
with item as (
    select
        care_period.child_id,
        care_period.first_day as care_first_day,
        care_period.end_date as care_end_date,
        1::bigint as review_no,
        care_period.care_key as item_key,
        care_period.first_day as start_date,
        care_review.review_date as held_date
    from care_period
    left join care_review
        on care_review.child_id = care_period.child_id
        and care_review.care_first_day = care_period.first_day
        and care_review.review_no = 1
    union all
    select
        care_review.child_id,
        care_review.care_first_day,
        care_period.end_date as care_end_date,
        care_review.review_no + 1 as review_no,
        care_review.review_id as item_key,
        care_review.review_date as start_date,
        care_review.next_review_date as held_date
    from care_review
    inner join care_period
        on care_period.child_id = care_review.child_id
        and care_period.first_day = care_review.care_first_day
),

due as (
    select distinct on (item.child_id, item.care_first_day, item.review_no)
        item.*,
        case
            when item.review_no = 1 then due_day.day
            else (item.start_date + standard.number_value * interval '1 month')::date
        end as due_date,
        due_day.working_day_no as due_working_day_no
    from item
    inner join parameter as standard
        on standard.name
        = case item.review_no
            when 1 then 'care_first_review_working_days'
            when 2 then 'care_second_review_months'
            else 'care_later_review_months'
        end
        and standard.valid_from <= item.start_date
        and (standard.valid_to is null or standard.valid_to > item.start_date)
    left join calendar_day as start_day on start_day.day = item.start_date
    left join calendar_day as due_day
        on due_day.is_working_day
        and due_day.working_day_no = start_day.working_day_no + standard.number_value
    order by item.child_id asc, item.care_first_day asc, item.review_no asc, standard.valid_from desc
)

select
    due.child_id,
    due.care_first_day,
    due.care_end_date,
    due.review_no,
    due.item_key,
    due.start_date,
    due.held_date,
    due.due_date,
    case
        when due.review_no = 1 then held_day.working_day_no <= due.due_working_day_no
        else due.held_date <= due.due_date
    end as is_in_time
from due
left join calendar_day as held_day on held_day.day = due.held_date
where due.due_date is not null
