-- title: The base salary is not a plausible annual salary of a social worker
-- severity: query
-- fields: {CSWWWorker: [BaseSalary]}
-- fix: "Give the annual amount, neither monthly nor hourly."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.BaseSalary not between 20000 and 150000
