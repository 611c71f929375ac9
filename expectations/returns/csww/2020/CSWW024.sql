-- title: The registration number is not two letters and up to ten digits
-- severity: error
-- fields: {CSWWWorker: [SWENo]}
-- fix: "Give Social Work England's number: SW and digits."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.SWENo !~ '^[A-Za-z]{2}[0-9]{1,10}$'
