-- title: "A closed case lacks the day or reason of closure, or an open case has them"
-- severity: error
-- fields: {List_6: [case_status, closure_date, closure_reason]}
-- fix: "Record why the case was closed, or remove the reason from an open case."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_6' as module,
    List_6.row_id
from List_6
cross join collection
where
    case
        when List_6.case_status = 'e) Closed episode'
            then
                List_6.closure_date is null
                or List_6.closure_reason is null
                or List_6.closure_date not between collection.collection_start and collection.collection_end
        else List_6.closure_date is not null or List_6.closure_reason is not null
    end
