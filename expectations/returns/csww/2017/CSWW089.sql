-- title: The authority's own worker has an agency contract
-- severity: query
-- fields: {CSWWWorker: [ContractWeeks, AgencyWorker]}
-- fix: Give no weeks for the authority's own staff.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.AgencyWorker = '0' and CSWWWorker.ContractWeeks is not null
