-- title: Care proceedings
-- grain: one row per court case, whatever the number of its children
-- key: [case_number]
-- sources: ["Children Act 1989, section 32: 26 weeks", "catalogue T48: a case ends with its last final order"]
-- columns:
--   case_number: Number of the court case
--   child_id: One child of the case, the one with the lowest id
--   children: Number of children in the case
--   issue_date: Day the case was issued; the earliest of its children
--   final_order_date: Day of the last final order; null while any child has none
--   is_extended: True if an extension was granted; null if not recorded
select
    court_case.case_number,
    min(court_case.person_id) as child_id,
    count(distinct court_case.person_id) as children,
    min(court_case.issue_date) as issue_date,
    case when bool_and(court_case.final_order_date is not null) then max(court_case.final_order_date) end as final_order_date,
    bool_or(court_case.extension_granted) as is_extended
from court_case
-- Cases without a type are included, because the list is for care proceedings.
where court_case.case_number is not null and (court_case.proceedings_type = 'care' or court_case.proceedings_type is null)
group by court_case.case_number
