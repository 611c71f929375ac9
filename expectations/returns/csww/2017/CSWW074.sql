-- title: A worker in a role without cases holds cases
-- severity: query
-- fields: {CSWWWorker: [Cases30, OrgRole]}
-- fix: "Give role 5, or see whose the cases are."
-- sources: ["derived from what the items mean"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.OrgRole = '6' and CSWWWorker.Cases30 > 0
