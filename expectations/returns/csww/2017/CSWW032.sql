-- title: A leaver has hours on the reference date
-- severity: error
-- fields: {CSWWWorker: [FTE, RoleEndDate]}
-- fix: Give 0 for a leaver; the hours of a year before are in FTE30.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.RoleEndDate_text is not null and CSWWWorker.FTE <> 0
