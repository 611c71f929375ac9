-- title: A senior manager holds cases
-- severity: query
-- fields: {CSWWWorker: [Cases30, OrgRole]}
-- fix: See whether the cases wait for an allocation under the manager's name.
-- sources: ["derived from what the items mean"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.OrgRole = '1' and CSWWWorker.Cases30 > 0
