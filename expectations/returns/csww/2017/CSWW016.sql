-- title: Agency workers who cover are more than all agency records
-- severity: query
-- fields: {LALevel: [NoAgencyHeadcount]}
-- fix: "Send a record for each agency worker in post, or correct the cover."
-- sources: ["derived from the meaning of the items"]
select
    'LALevel' as module,
    LALevel.row_id
from LALevel
where LALevel.NoAgencyHeadcount > (
    select count(*) from CSWWWorker
    where CSWWWorker.AgencyWorker = '1'
)
