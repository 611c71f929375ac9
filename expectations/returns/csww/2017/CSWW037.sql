-- title: No hours of a year before for a worker who was in post then
-- severity: query
-- fields: {CSWWWorker: [FTE30, RoleStartDate]}
-- fix: "Give the hours on 30 September of the year before, or correct the start date."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
cross join collection
where CSWWWorker.RoleStartDate < collection.collection_start and CSWWWorker.FTE30 = 0
