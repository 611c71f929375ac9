-- title: Hours of a year before for a worker who joined since
-- severity: error
-- fields: {CSWWWorker: [FTE30, RoleStartDate]}
-- fix: Give 0 for a worker who joined within the census year.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
cross join collection
where CSWWWorker.RoleStartDate >= collection.collection_start and CSWWWorker.FTE30 <> 0
