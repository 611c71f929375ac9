-- title: "A child with an open protection plan is not in the list of children in need with that status"
-- severity: error
-- fields: {List_7: [end_date], List_6: [case_status]}
-- fix: "Reopen the child's case, or record the end of the plan."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_7' as module,
    List_7.row_id
from List_7
left join List_6 on List_6.child_unique_id = List_7.child_unique_id
left join List_8 on List_8.child_unique_id = List_7.child_unique_id and List_8.ceased_date is null
where
    List_7.end_date is null
    and coalesce(List_6.case_status, '') <> case
        when List_8.child_unique_id is null then 'b) Child Protection plan'
        else 'a) Looked after child'
    end
