-- title: The reason for leaving is not a valid code
-- severity: error
-- fields: {CSWWWorker: [ReasonLeave]}
-- fix: Give 1 to 10.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.ReasonLeave not in ('1', '2', '3', '4', '5', '6', '7', '8', '9', '10')
