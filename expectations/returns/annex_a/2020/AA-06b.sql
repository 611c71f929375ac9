-- title: "The referral of an open case has no allocated team or no allocated worker"
-- severity: query
-- fields: {List_3: [allocated_team, allocated_worker]}
-- fix: "Allocate the child to a worker, or record the allocation that was made."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_3' as module,
    List_3.row_id
from List_3
left join List_6 on List_6.child_unique_id = List_3.child_unique_id and List_6.closure_date is null
where
    (List_3.allocated_team is null or List_3.allocated_worker is null)
    and List_6.child_unique_id is not null
