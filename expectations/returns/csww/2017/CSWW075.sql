-- title: A senior manager holds cases
-- severity: query
-- fields: {CSWWWorker: [Cases30, OrgRole]}
-- fix: Check whether unallocated cases are under the manager's name.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.OrgRole = '1' and CSWWWorker.Cases30 > 0
