-- title: A worker on maternity or sick leave holds cases
-- severity: query
-- fields: {CSWWWorker: [Cases30, ReasonAbsence]}
-- fix: "Hand the cases over, or end the absence."
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.Cases30 > 0 and string_to_array(CSWWWorker.ReasonAbsence, ';') && array['MAT', 'SIC']
