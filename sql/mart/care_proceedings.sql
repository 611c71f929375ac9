-- title: Care proceedings
-- grain: one row per case in court, whatever the number of its children
-- key: [case_number]
-- sources: ["Children Act 1989, section 32: 26 weeks", "catalogue T48: a case is concluded with the last final order in it"]
select
    court_case.case_number,
    min(court_case.person_id) as child_id,
    count(distinct court_case.person_id) as children,
    min(court_case.issue_date) as issue_date,
    case when bool_and(court_case.final_order_date is not null) then max(court_case.final_order_date) end as final_order_date,
    bool_or(court_case.extension_granted) as is_extended
from court_case
-- A case without a type is among them: the list is kept for care proceedings.
where court_case.case_number is not null and (court_case.proceedings_type = 'care' or court_case.proceedings_type is null)
group by court_case.case_number
