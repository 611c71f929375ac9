-- title: Absence on 30 September is neither yes nor no
-- severity: error
-- fields: {CSWWWorker: [Absat30Sept]}
-- fix: "Give 0, 1 or nothing."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where string_to_array(CSWWWorker.Absat30Sept, ';') <@ array['0', '1'] is false
