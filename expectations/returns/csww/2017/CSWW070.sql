-- title: The role lasted less than seven days
-- severity: query
-- fields: {CSWWWorker: [RoleStartDate, RoleEndDate]}
-- fix: Check whether the worker began at all.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.RoleEndDate - CSWWWorker.RoleStartDate < 7
