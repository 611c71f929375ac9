-- title: A leaver is absent on 30 September
-- severity: query
-- fields: {CSWWWorker: [Absat30Sept, ReasonAbsence, RoleEndDate]}
-- fix: Give no absence for a leaver.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    CSWWWorker.RoleEndDate_text is not null and ('1' = any(string_to_array(CSWWWorker.Absat30Sept, ';')) or CSWWWorker.ReasonAbsence is not null)
