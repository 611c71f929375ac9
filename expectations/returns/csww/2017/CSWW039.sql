-- title: The birth date is after the reference date
-- severity: error
-- fields: {CSWWWorker: [PersonBirthDate]}
-- fix: Correct the birth date.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
cross join collection
where CSWWWorker.PersonBirthDate > collection.collection_end
