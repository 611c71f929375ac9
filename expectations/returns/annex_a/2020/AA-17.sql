-- title: "The enquiry calls a conference unnecessary that was held"
-- severity: error
-- fields: {List_5: [icpc_unnecessary, icpc_date, icpc_result]}
-- fix: "Correct the outcome of the enquiry, or the enquiry that the conference belongs to."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_5' as module,
    List_5.row_id
from List_5
where
    (List_5.icpc_date is not null and List_5.icpc_unnecessary is distinct from 'b) No')
    or (List_5.icpc_unnecessary = 'a) Yes' and List_5.icpc_result is not null)
