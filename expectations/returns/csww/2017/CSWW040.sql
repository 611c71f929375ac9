-- title: "The worker is under 20 or over 75, or began before 18"
-- severity: query
-- fields: {CSWWWorker: [PersonBirthDate, RoleStartDate]}
-- fix: Check whether the birth date and the start date are right.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
cross join collection
where
    CSWWWorker.PersonBirthDate > collection.collection_end - interval '20 years'
    or CSWWWorker.PersonBirthDate <= collection.collection_end - interval '76 years'
    or CSWWWorker.PersonBirthDate > CSWWWorker.RoleStartDate - interval '18 years'
