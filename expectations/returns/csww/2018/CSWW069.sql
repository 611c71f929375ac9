-- title: Why or where more than a fifth of the leavers went is not known
-- severity: query
-- fields: {CSWWWorker: [ReasonLeave, LeaverDestination]}
-- fix: Ask in the exit interview why the worker leaves and where to.
-- sources: ["derived from what the items mean"]
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
