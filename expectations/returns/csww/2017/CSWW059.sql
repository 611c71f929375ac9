-- title: A newly qualified worker was under 20 at the start
-- severity: query
-- fields: {CSWWWorker: [StartOrigin, PersonBirthDate, RoleStartDate]}
-- fix: "Check whether the birth date, the start date and the origin are right."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    CSWWWorker.StartOrigin = '1' and CSWWWorker.PersonBirthDate > CSWWWorker.RoleStartDate - interval '20 years'
