-- title: The registration number is missing
-- severity: error
-- fields: {CSWWWorker: [SWENo]}
-- fix: Give the Social Work England number.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.SWENo is null
