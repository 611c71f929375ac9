-- title: A leaver holds cases
-- severity: error
-- fields: {CSWWWorker: [Cases30, RoleEndDate]}
-- fix: "Give no cases for a leaver, and reallocate those still in the worker's name."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.RoleEndDate_text is not null and CSWWWorker.Cases30 > 0
