-- title: "An open case has no allocated team or no allocated worker"
-- severity: error
-- fields:
--     List_4: [allocated_team, allocated_worker]
--     List_5: [allocated_team, allocated_worker]
--     List_6: [allocated_team, allocated_worker]
--     List_7: [allocated_team, allocated_worker]
--     List_8: [allocated_team, allocated_worker]
--     List_9: [allocated_team, allocated_worker]
-- fix: "Allocate the child to a worker, or record the allocation that was made."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_4' as module,
    List_4.row_id
from List_4
left join List_6 on List_6.child_unique_id = List_4.child_unique_id and List_6.closure_date is null
where
    (List_4.allocated_team is null or List_4.allocated_worker is null)
    and (List_4.authorisation_date is null or List_6.child_unique_id is not null)
union all
select
    'List_5' as module,
    List_5.row_id
from List_5
left join List_6 on List_6.child_unique_id = List_5.child_unique_id and List_6.closure_date is null
where
    (List_5.allocated_team is null or List_5.allocated_worker is null)
    and List_6.child_unique_id is not null
union all
select
    'List_6' as module,
    List_6.row_id
from List_6
where
    (List_6.allocated_team is null or List_6.allocated_worker is null)
    and List_6.closure_date is null
union all
select
    'List_7' as module,
    List_7.row_id
from List_7
where
    (List_7.allocated_team is null or List_7.allocated_worker is null)
    and List_7.end_date is null
union all
select
    'List_8' as module,
    List_8.row_id
from List_8
where
    (List_8.allocated_team is null or List_8.allocated_worker is null)
    and List_8.ceased_date is null
union all
select
    'List_9' as module,
    List_9.row_id
from List_9
where List_9.allocated_team is null or List_9.allocated_worker is null
