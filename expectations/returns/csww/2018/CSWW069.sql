-- title: The reason or destination of more than a fifth of leavers is not known
-- severity: query
-- fields: {CSWWWorker: [ReasonLeave, LeaverDestination]}
-- fix: Ask in the exit interview for reason and destination.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    leaver.row_id
from (
    select
        CSWWWorker.row_id,
        CSWWWorker.ReasonLeave in ('9', '10') or CSWWWorker.LeaverDestination in ('8', '9') as is_unknown,
        count(*) filter (where CSWWWorker.ReasonLeave in ('9', '10') or CSWWWorker.LeaverDestination in ('8', '9')) over () as unknown,
        count(*) over () as records
    from CSWWWorker
    cross join collection
    where
        CSWWWorker.AgencyWorker = '0'
        and CSWWWorker.RoleEndDate between collection.collection_start and collection.collection_end
) as leaver
where leaver.is_unknown and leaver.unknown * 5 > leaver.records
