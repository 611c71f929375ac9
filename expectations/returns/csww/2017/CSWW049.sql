-- title: A graduate of Step Up or Frontline without a post-graduate qualification
-- severity: query
-- fields: {CSWWWorker: [StepUpGrad, FrontlineGrad, QualLevel]}
-- fix: "Give 2 as the level, or correct the programme."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where (CSWWWorker.StepUpGrad = '1' or CSWWWorker.FrontlineGrad = '1') and CSWWWorker.QualLevel <> '2'
