-- title: A worker who began before last year's reference date was not in last year's return
-- severity: query
-- fields: {CSWWWorker: [SWENo, RoleStartDate]}
-- fix: "Correct the start date, or check whether the registration number changed."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
cross join collection
where
    CSWWWorker.RoleStartDate < collection.collection_start
    and CSWWWorker.SWENo is not null
    and not exists (
        select 1 from CSWWWorker_last
        where CSWWWorker_last.SWENo = CSWWWorker.SWENo
    )
