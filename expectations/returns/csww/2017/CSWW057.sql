-- title: Only one of start date and origin is given
-- severity: error
-- fields: {CSWWWorker: [StartOrigin, RoleStartDate]}
-- fix: "Give both, or for an agency worker neither."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where (CSWWWorker.StartOrigin is null) <> (CSWWWorker.RoleStartDate_text is null)
