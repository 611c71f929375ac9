-- title: Households that want to adopt, and the stage each has reached
-- grain: one row per household
-- key: [family_id]
-- sources: ["Annex A list 11", "catalogue P37 to P39: households, not people; what is recorded for one adopter holds for both"]
-- columns:
--   family_id: Household, shared by its adopters
--   enquiry_date: Day of the first enquiry of any adopter of the household
--   stage_1_start: Day the pre-assessment stage began; earliest of its adopters
--   stage_1_end: Day the pre-assessment stage ended; latest of its adopters
--   stage_2_start: Day the assessment stage began; earliest of its adopters
--   stage_2_end: Day the assessment stage ended; latest of its adopters
--   approval_date: Day of approval as adopters; null if not approved
--   matched_date: Day of the match with a child; null if not matched
--   placed_date: Day a child was placed with the household; null if none yet
--   left_date: Day the household left the process; null if it did not
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
