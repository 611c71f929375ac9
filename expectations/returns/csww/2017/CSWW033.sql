-- title: A worker in post has no hours
-- severity: error
-- fields: {CSWWWorker: [FTE, RoleEndDate]}
-- fix: "Give the contracted hours, or the date on which the worker left; zero hours contracts may remain, with a note."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.FTE = 0 and CSWWWorker.RoleEndDate_text is null
