-- title: The full-time equivalent is under a tenth
-- severity: query
-- fields: {CSWWWorker: [FTE]}
-- fix: Check whether the worker has so few hours.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.FTE > 0 and CSWWWorker.FTE < 0.1
