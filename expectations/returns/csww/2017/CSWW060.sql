-- title: The end date is outside the census year
-- severity: error
-- fields: {CSWWWorker: [RoleEndDate]}
-- fix: "Leave out workers who left before the year; give no end date for those who left after it."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
cross join collection
where
    CSWWWorker.RoleEndDate_text is not null
    and (CSWWWorker.RoleEndDate between collection.collection_start and collection.collection_end) is not true
