-- title: An agency worker has pay
-- severity: query
-- fields: {CSWWWorker: [BaseSalary, RRPayments, OtherPayments, AgencyWorker]}
-- fix: Leave pay out for agency workers.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    CSWWWorker.AgencyWorker = '1' and coalesce(CSWWWorker.BaseSalary_text, CSWWWorker.RRPayments_text, CSWWWorker.OtherPayments_text) is not null
