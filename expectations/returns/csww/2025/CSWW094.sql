-- title: A payment is negative or has too many decimals
-- severity: error
-- fields: {CSWWWorker: [RRPayments, OtherPayments]}
-- fix: Give payments in pounds with at most two decimals.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    (CSWWWorker.RRPayments_text is not null and CSWWWorker.RRPayments is null)
    or CSWWWorker.RRPayments < 0
    or scale(CSWWWorker.RRPayments) > 2
    or (CSWWWorker.OtherPayments_text is not null and CSWWWorker.OtherPayments is null)
    or CSWWWorker.OtherPayments < 0
    or scale(CSWWWorker.OtherPayments) > 2
