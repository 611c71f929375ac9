-- title: More working days lost than the year has
-- severity: error
-- fields: {CSWWWorker: [WorkingDaysLost]}
-- fix: "Count working days only, 253 at most, 254 in a year with a 29 February."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
cross join collection
where
    CSWWWorker.WorkingDaysLost > 253 + (collection.collection_end - collection.collection_start + 1 - 365)
