-- title: "A child in a placement for adoption has no decision to be adopted"
-- severity: error
-- fields: {List_8: [placement_type], List_10: [decision_date]}
-- fix: "Record the day of the decision, or correct the kind of placement."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_8' as module,
    List_8.row_id
from List_8
left join List_10 on List_10.child_unique_id = List_8.child_unique_id
where List_8.placement_type ~ 'A[3-6]:' and List_10.decision_date is null
