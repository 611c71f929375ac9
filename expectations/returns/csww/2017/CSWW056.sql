-- title: The origin of the worker is missing or not a valid code
-- severity: error
-- fields: {CSWWWorker: [StartOrigin]}
-- fix: Give 1 to 10.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    (CSWWWorker.AgencyWorker = '0' and CSWWWorker.StartOrigin is null) or CSWWWorker.StartOrigin not in ('1', '2', '3', '4', '5', '6', '7', '8', '9', '10')
