-- title: The origin of a starter of this year is not yet collected
-- severity: query
-- fields: {CSWWWorker: [StartOrigin, RoleStartDate]}
-- fix: Ask the worker what they did before.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
cross join collection
where
    CSWWWorker.AgencyWorker = '0'
    and CSWWWorker.RoleStartDate between collection.collection_start and collection.collection_end
    and CSWWWorker.StartOrigin = '10'
