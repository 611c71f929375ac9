-- title: A worker who retired or died has a job as destination
-- severity: query
-- fields: {CSWWWorker: [ReasonLeave, LeaverDestination]}
-- fix: Correct the reason or the destination.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.ReasonLeave in ('5', '6') and CSWWWorker.LeaverDestination in ('1', '2', '3', '4', '5')
