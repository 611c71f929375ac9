-- title: The same record appears twice
-- severity: error
-- fields: {CSWWWorker: [SWENo, AgencyWorker, OrgRole, RoleStartDate, RoleEndDate]}
-- fix: Send the record once.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    doubled.row_id
from (
    select
        CSWWWorker.row_id,
        count(*) over (
            partition by
                CSWWWorker.SWENo,
                CSWWWorker.AgencyWorker,
                CSWWWorker.OrgRole,
                CSWWWorker.RoleStartDate_text,
                CSWWWorker.RoleEndDate_text
        ) as records
    from CSWWWorker
) as doubled
where doubled.records > 1
