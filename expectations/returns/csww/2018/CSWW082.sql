-- title: A worker who is sick has lost no working day
-- severity: query
-- fields: {CSWWWorker: [WorkingDaysLost, ReasonAbsence]}
-- fix: Count the days of the present sickness up to 30 September.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where 'SIC' = any(string_to_array(CSWWWorker.ReasonAbsence, ';')) and CSWWWorker.WorkingDaysLost = 0
