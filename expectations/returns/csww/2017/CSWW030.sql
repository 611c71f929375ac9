-- title: One person is in post both as an agency worker and as the authority's employee
-- severity: query
-- fields: {CSWWWorker: [SWENo, AgencyWorker]}
-- fix: Keep the record of the way in which the person worked on 30 September.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    CSWWWorker.RoleEndDate_text is null
    and exists (
        select 1
        from CSWWWorker as other
        where
            other.SWENo = CSWWWorker.SWENo
            and other.RoleEndDate_text is null
            and other.AgencyWorker in ('0', '1')
            and other.AgencyWorker <> CSWWWorker.AgencyWorker
    )
