-- title: The status against the knowledge and skills statements is not a valid code
-- severity: query
-- fields: {CSWWWorker: [CFKSSstatus]}
-- fix: "Give 1 to 4, or nothing."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where string_to_array(CSWWWorker.CFKSSstatus, ';') <@ array['1', '2', '3', '4'] is false
