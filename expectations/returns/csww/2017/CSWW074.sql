-- title: A worker in a role without cases holds cases
-- severity: query
-- fields: {CSWWWorker: [Cases30, OrgRole]}
-- fix: "Give role 5, or check whose cases these are."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.OrgRole = '6' and CSWWWorker.Cases30 > 0
