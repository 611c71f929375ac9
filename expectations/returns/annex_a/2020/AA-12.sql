-- title: "A child in care is not in the list of children in need with that status"
-- severity: error
-- fields: {List_8: [ceased_date], List_6: [case_status]}
-- fix: "Reopen the child's case, or record the end of care."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_8' as module,
    List_8.row_id
from List_8
left join List_6 on List_6.child_unique_id = List_8.child_unique_id
where
    List_8.ceased_date is null
    and coalesce(List_8.age < 18, true)
    and coalesce(List_6.case_status, '') <> 'a) Looked after child'
