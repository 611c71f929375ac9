-- title: The full-time equivalent of a year before is missing or not between 0 and 1
-- severity: error
-- fields: {CSWWWorker: [FTE30]}
-- fix: "Give the hours on 30 September of the year before, from 0 to 1; 0 for a worker who joined since."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    (CSWWWorker.AgencyWorker = '0' and CSWWWorker.FTE30 is null)
    or CSWWWorker.FTE30 not between 0 and 1
    or scale(CSWWWorker.FTE30) > 6
    or (CSWWWorker.FTE30_text is not null and CSWWWorker.FTE30 is null)
