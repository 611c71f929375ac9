-- title: The start date lies after the reference date
-- severity: error
-- fields: {CSWWWorker: [RoleStartDate]}
-- fix: "Leave out who joined after the reference date, or correct the date."
-- sources: ["derived from what the items mean"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
cross join collection
where CSWWWorker.RoleStartDate > collection.collection_end
