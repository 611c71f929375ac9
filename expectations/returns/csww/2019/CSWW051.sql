-- title: The status against the knowledge and skills statements does not fit the time in post
-- severity: query
-- fields: {CSWWWorker: [CFKSSstatus, StartOrigin, RoleStartDate]}
-- fix: "Check whether the assessed year has ended, or has only begun."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
cross join collection
where
    (
        collection.collection_end > CSWWWorker.RoleStartDate + interval '2 years'
        and '1' = any(string_to_array(CSWWWorker.CFKSSstatus, ';'))
    )
    or (
        collection.collection_end < CSWWWorker.RoleStartDate + interval '1 year'
        and CSWWWorker.StartOrigin = '1'
        and string_to_array(CSWWWorker.CFKSSstatus, ';') && array['3', '4']
    )
