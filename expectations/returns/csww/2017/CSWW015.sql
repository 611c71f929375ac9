-- title: Agency cover is more than the full-time equivalents of all agency records
-- severity: query
-- fields: {LALevel: [NoAgencyFTE]}
-- fix: "Send a record for each agency worker in post, or correct the cover."
-- sources: ["derived from the meaning of the items"]
select
    'LALevel' as module,
    LALevel.row_id
from LALevel
where
    LALevel.NoAgencyFTE > (
        select coalesce(sum(CSWWWorker.FTE), 0) from CSWWWorker
        where CSWWWorker.AgencyWorker = '1'
    )
