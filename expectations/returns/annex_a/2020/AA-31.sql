-- title: "An adoption order of the six months did not end care on that day"
-- severity: error
-- fields: {List_10: [order_date], List_8: [ceased_date, ceased_reason]}
-- fix: "End the period of care on the day of the order, as adopted."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_10' as module,
    List_10.row_id
from List_10
cross join collection
left join List_8
    on List_8.child_unique_id = List_10.child_unique_id
    and (
        (List_8.ceased_date = List_10.order_date and List_8.ceased_reason ~ 'E1[12]:')
        -- A child who re-entered care is listed with the later period.
        or List_8.start_date > List_10.order_date
    )
where List_10.order_date >= collection.collection_start and List_8.child_unique_id is null
