-- title: The worker qualified through both programmes
-- severity: query
-- fields: {CSWWWorker: [StepUpGrad, FrontlineGrad]}
-- fix: Keep the programme through which the worker qualified.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.StepUpGrad = '1' and CSWWWorker.FrontlineGrad = '1'
