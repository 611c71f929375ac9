-- title: Households that want to adopt, and how far each has come
-- grain: one row per household
-- key: [family_id]
-- sources: ["Annex A list 11", "catalogue P37 to P39: households, not people; what is recorded for one adopter holds for both"]
select
    adopter.family_id,
    min(adopter.enquiry_date) as enquiry_date,
    min(adopter.stage1_start) as stage_1_start,
    max(adopter.stage1_end) as stage_1_end,
    min(adopter.stage2_start) as stage_2_start,
    max(adopter.stage2_end) as stage_2_end,
    min(adopter.approval_date) as approval_date,
    min(adopter.matched_date) as matched_date,
    min(adopter.placed_date) as placed_date,
    max(adopter.left_date) as left_date
from adopter
where adopter.family_id is not null
group by adopter.family_id
