-- title: Only one of end date and reason for leaving is given
-- severity: error
-- fields: {CSWWWorker: [RoleEndDate, ReasonLeave]}
-- fix: "Give both for a leaver, neither for a worker in post."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where (CSWWWorker.RoleEndDate_text is null) <> (CSWWWorker.ReasonLeave is null)
