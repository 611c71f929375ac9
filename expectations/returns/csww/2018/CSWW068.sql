-- title: A worker who moved inside the authority went somewhere else
-- severity: query
-- fields: {CSWWWorker: [ReasonLeave, LeaverDestination]}
-- fix: "Correct the reason or the destination: 5, another social care role, or 7, other."
-- sources: ["derived from what the items mean"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.ReasonLeave = '7' and CSWWWorker.LeaverDestination not in ('5', '7')
