-- title: A payment is more than half of the base salary
-- severity: query
-- fields: {CSWWWorker: [RRPayments, OtherPayments, BaseSalary]}
-- fix: Check whether the payment is for the year.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    CSWWWorker.RRPayments * 2 > CSWWWorker.BaseSalary or CSWWWorker.OtherPayments * 2 > CSWWWorker.BaseSalary
