-- title: The worker is neither in post on the reference date nor a leaver of the year
-- severity: error
-- fields: {CSWWWorker: [RoleStartDate, RoleEndDate, FTE]}
-- fix: Leave out workers who joined after the reference date or left before the year.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
cross join collection
where
    case
        when CSWWWorker.RoleEndDate_text is null then CSWWWorker.RoleStartDate > collection.collection_end
        else (CSWWWorker.RoleEndDate between collection.collection_start and collection.collection_end) is not true
    end
