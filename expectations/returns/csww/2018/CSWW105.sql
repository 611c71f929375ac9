-- title: The qualification changed since last year in an impossible way
-- severity: query
-- fields: {CSWWWorker: [SWENo, QualLevel, StepUpGrad, FrontlineGrad]}
-- fix: "Correct whichever year is wrong: a qualification is not lost."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    exists (
        select 1
        from CSWWWorker_last
        where
            CSWWWorker_last.SWENo = CSWWWorker.SWENo
            and (
                (CSWWWorker_last.StepUpGrad = '1' and CSWWWorker.StepUpGrad = '0')
                or (CSWWWorker_last.FrontlineGrad = '1' and CSWWWorker.FrontlineGrad = '0')
                or (CSWWWorker_last.QualLevel = '2' and CSWWWorker.QualLevel = '1')
            )
    )
