-- title: "A child with a protection plan is not among the children in need"
-- severity: error
-- fields: {List_7: [child_unique_id]}
-- fix: "Record the referral with which the case began; it may be marked as no further action by mistake."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_7' as module,
    List_7.row_id
from List_7
left join List_6 on List_6.child_unique_id = List_7.child_unique_id
where List_6.child_unique_id is null
