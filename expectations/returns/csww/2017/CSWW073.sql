-- title: A case holder who is not absent holds no case
-- severity: query
-- fields: {CSWWWorker: [Cases30, OrgRole, Absat30Sept]}
-- fix: "Check whether the worker's cases are under another name, or the role is 6."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    CSWWWorker.OrgRole = '5'
    and CSWWWorker.Cases30 = 0
    and CSWWWorker.RoleEndDate_text is null
    and coalesce('1' = any(string_to_array(CSWWWorker.Absat30Sept, ';')), false) is false
