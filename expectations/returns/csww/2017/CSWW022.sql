-- title: It is not stated whether the worker is an agency worker
-- severity: error
-- fields: {CSWWWorker: [AgencyWorker]}
-- fix: Give 0 for the authority's own staff and 1 for an agency worker.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where coalesce(CSWWWorker.AgencyWorker, '') not in ('0', '1')
