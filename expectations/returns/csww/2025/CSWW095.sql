-- title: A payment is more than half of the base salary
-- severity: query
-- fields: {CSWWWorker: [RRPayments, OtherPayments, BaseSalary]}
-- fix: See whether the payment is that of the year.
-- sources: ["derived from what the items mean"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    CSWWWorker.RRPayments * 2 > CSWWWorker.BaseSalary or CSWWWorker.OtherPayments * 2 > CSWWWorker.BaseSalary
