-- title: It is not stated whether the worker qualified through Frontline
-- severity: error
-- fields: {CSWWWorker: [FrontlineGrad]}
-- fix: Give 0 or 1.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    (CSWWWorker.AgencyWorker = '0' and CSWWWorker.FrontlineGrad is null) or CSWWWorker.FrontlineGrad not in ('0', '1')
