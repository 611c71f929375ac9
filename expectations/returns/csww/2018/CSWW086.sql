-- title: Absence on 30 September and its reason do not go together
-- severity: query
-- fields: {CSWWWorker: [Absat30Sept, ReasonAbsence]}
-- fix: "Give the reason where the worker was absent, none where not."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    coalesce('1' = any(string_to_array(CSWWWorker.Absat30Sept, ';')), false) <> (CSWWWorker.ReasonAbsence is not null)
