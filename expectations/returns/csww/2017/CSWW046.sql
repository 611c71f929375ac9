-- title: It is not stated whether the worker qualified through Step Up to Social Work
-- severity: error
-- fields: {CSWWWorker: [StepUpGrad]}
-- fix: Give 0 or 1.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    (CSWWWorker.AgencyWorker = '0' and CSWWWorker.StepUpGrad is null) or CSWWWorker.StepUpGrad not in ('0', '1')
