-- title: The end date lies before the start date
-- severity: error
-- fields: {CSWWWorker: [RoleEndDate, RoleStartDate]}
-- fix: Correct whichever date is wrong.
-- sources: ["derived from what the items mean"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.RoleEndDate < CSWWWorker.RoleStartDate
