-- title: "The start date is more than 50 years ago, or before the birth date"
-- severity: query
-- fields: {CSWWWorker: [RoleStartDate, PersonBirthDate]}
-- fix: Correct whichever date is wrong.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
cross join collection
where
    CSWWWorker.RoleStartDate < collection.collection_end - interval '50 years' or CSWWWorker.RoleStartDate < CSWWWorker.PersonBirthDate
