-- title: The start date is missing or is not a date
-- severity: error
-- fields: {CSWWWorker: [RoleStartDate]}
-- fix: Give the date on which the worker joined as yyyy-mm-dd.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    (CSWWWorker.AgencyWorker = '0' and CSWWWorker.RoleStartDate_text is null)
    or (CSWWWorker.RoleStartDate_text is not null and CSWWWorker.RoleStartDate is null)
