-- title: Sex is missing or neither F nor M
-- severity: error
-- fields: {CSWWWorker: [Sex]}
-- fix: Give F or M.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where (CSWWWorker.AgencyWorker = '0' and CSWWWorker.Sex is null) or CSWWWorker.Sex not in ('F', 'M')
