-- title: "The case status is care or protection plan, but none is open"
-- severity: error
-- fields: {List_6: [case_status]}
-- fix: "Correct the period of care or the plan; the status follows from them."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_6' as module,
    List_6.row_id
from List_6
left join List_7 on List_7.child_unique_id = List_6.child_unique_id and List_7.end_date is null
left join List_8 on List_8.child_unique_id = List_6.child_unique_id and List_8.ceased_date is null
where
    (List_6.case_status = 'a) Looked after child' and List_8.child_unique_id is null)
    or (List_6.case_status = 'b) Child Protection plan' and List_7.child_unique_id is null)
