-- title: "A conference made a protection plan that does not follow it within a week"
-- severity: error
-- fields: {List_5: [icpc_date, icpc_result], List_7: [start_date]}
-- fix: "Record the plan from the day of the conference, or correct what the conference decided."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_5' as module,
    List_5.row_id
from List_5
cross join collection
left join List_7 on List_7.child_unique_id = List_5.child_unique_id
where
    List_5.icpc_result = 'a) Yes'
    and case
        -- A plan from a conference before the six months may also have ended before them.
        when List_7.child_unique_id is null then List_5.icpc_date >= collection.collection_start
        -- The list has only the latest plan.
        when List_7.start_date > List_5.icpc_date + 7 then List_7.number_of_previous_plans = 0
        else List_7.start_date < List_5.icpc_date
    end
