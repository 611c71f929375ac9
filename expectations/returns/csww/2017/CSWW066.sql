-- title: An agency worker has an end date
-- severity: query
-- fields: {CSWWWorker: [AgencyWorker, RoleEndDate]}
-- fix: Leave out agency workers who were not in post on 30 September.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.AgencyWorker = '1' and CSWWWorker.RoleEndDate_text is not null
