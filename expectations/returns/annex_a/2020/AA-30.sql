-- title: "A child placed for adoption is not in care in such a placement"
-- severity: error
-- fields: {List_10: [placed_date], List_8: [placement_type]}
-- fix: "Record the placement for adoption, or the order or reversal that ended it."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_10' as module,
    List_10.row_id
from List_10
left join List_8
    on List_8.child_unique_id = List_10.child_unique_id
    and List_8.ceased_date is null
    and List_8.placement_type ~ 'A[3-6]:'
where
    List_10.placed_date is not null
    and List_10.order_date is null
    and List_10.reversal_date is null
    and List_8.child_unique_id is null
