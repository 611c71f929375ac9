-- title: There is no worker
-- severity: error
-- fields: {CSWWWorker: []}
-- fix: Send a record for each social worker.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    '' as module,
    -1 as row_id
from CSWWWorker
having count(*) = 0
