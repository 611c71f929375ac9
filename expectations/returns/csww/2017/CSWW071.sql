-- title: The number of cases is missing or not a whole number
-- severity: error
-- fields: {CSWWWorker: [Cases30]}
-- fix: "Give the cases held on 30 September, 0 if none; agency workers too."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    (CSWWWorker.RoleEndDate_text is null and CSWWWorker.Cases30_text is null)
    or (CSWWWorker.Cases30_text is not null and CSWWWorker.Cases30 is null)
    or CSWWWorker.Cases30 < 0
    or CSWWWorker.Cases30 <> trunc(CSWWWorker.Cases30)
