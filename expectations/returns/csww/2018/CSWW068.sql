-- title: A worker who moved within the authority has another destination
-- severity: query
-- fields: {CSWWWorker: [ReasonLeave, LeaverDestination]}
-- fix: "Correct the reason or the destination: 5, another social care role, or 7, other."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.ReasonLeave = '7' and CSWWWorker.LeaverDestination not in ('5', '7')
