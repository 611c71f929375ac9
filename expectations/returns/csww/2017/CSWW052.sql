-- title: The role is missing or not a valid code
-- severity: error
-- fields: {CSWWWorker: [OrgRole]}
-- fix: Give 1 to 6.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    (CSWWWorker.AgencyWorker = '0' and CSWWWorker.OrgRole is null) or CSWWWorker.OrgRole not in ('1', '2', '3', '4', '5', '6')
