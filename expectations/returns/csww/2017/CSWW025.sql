-- title: The registration number is not one of Social Work England's
-- severity: query
-- fields: {CSWWWorker: [SWENo]}
-- fix: Look the worker up in Social Work England's register.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    CSWWWorker.SWENo !~* '^SW'
    or CSWWWorker.SWENo ~ '^[A-Za-z]{2}(0+|9+)$'
    or CSWWWorker.SWENo ~ '^[A-Za-z]{2}([0-9])\1{3,}$'
