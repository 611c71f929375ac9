-- title: "A child with a section 47 enquiry is not among the children in need"
-- severity: query
-- fields: {List_5: [child_unique_id]}
-- fix: "Check whether the enquiry's case is recorded and was not closed as no further action."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_5' as module,
    List_5.row_id
from List_5
left join List_6 on List_6.child_unique_id = List_5.child_unique_id
where List_6.child_unique_id is null
