-- title: A worker in post last year is missing now
-- severity: query
-- fields: {CSWWWorker_last: [SWENo]}
-- fix: "Include the worker as in post or as a leaver, or check whether the registration number changed."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker_last' as module,
    CSWWWorker_last.row_id
from CSWWWorker_last
cross join collection
where
    CSWWWorker_last.AgencyWorker = '0'
    and CSWWWorker_last.RoleEndDate_text is null
    and CSWWWorker_last.SWENo is not null
    and not exists (
        select 1
        from CSWWWorker
        where
            CSWWWorker.SWENo = CSWWWorker_last.SWENo
            and CSWWWorker.AgencyWorker = '0'
            and (
                CSWWWorker.RoleEndDate_text is null
                or CSWWWorker.RoleEndDate between collection.collection_start and collection.collection_end
            )
    )
