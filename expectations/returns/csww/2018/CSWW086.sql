-- title: Absence on 30 September and its reason do not match
-- severity: query
-- fields: {CSWWWorker: [Absat30Sept, ReasonAbsence]}
-- fix: "Give a reason if the worker was absent, and none if not."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    coalesce('1' = any(string_to_array(CSWWWorker.Absat30Sept, ';')), false) <> (CSWWWorker.ReasonAbsence is not null)
