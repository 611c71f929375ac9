-- title: The destination is not a valid code
-- severity: error
-- fields: {CSWWWorker: [LeaverDestination]}
-- fix: Give 1 to 9.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.LeaverDestination not in ('1', '2', '3', '4', '5', '6', '7', '8', '9')
