-- title: The end date is before the start date
-- severity: error
-- fields: {CSWWWorker: [RoleEndDate, RoleStartDate]}
-- fix: Correct whichever date is wrong.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.RoleEndDate < CSWWWorker.RoleStartDate
