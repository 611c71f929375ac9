-- title: The start date is after the reference date
-- severity: error
-- fields: {CSWWWorker: [RoleStartDate]}
-- fix: "Leave out workers who joined after the reference date, or correct the date."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
cross join collection
where CSWWWorker.RoleStartDate > collection.collection_end
