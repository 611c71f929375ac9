-- rule: CSWW070
-- return: csww
-- title: The role lasted less than seven days
-- severity: query
-- years: {first: 2017}
-- fields: {CSWWWorker: [RoleStartDate, RoleEndDate]}
-- fix: See whether the worker began at all.
-- sources: ["derived from what the items mean"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.RoleEndDate - CSWWWorker.RoleStartDate < 7
