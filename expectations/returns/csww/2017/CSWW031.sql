-- title: The full-time equivalent is missing or not between 0 and 1
-- severity: error
-- fields: {CSWWWorker: [FTE]}
-- fix: "Give contracted over standard hours, from 0 to 1 with at most six decimals; 0 for a leaver."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.FTE is null or CSWWWorker.FTE not between 0 and 1 or scale(CSWWWorker.FTE) > 6
