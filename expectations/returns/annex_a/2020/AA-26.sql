-- title: "A young person is recorded as eligible but is not in care, or not 16 or 17"
-- severity: error
-- fields: {List_9: [eligibility, age]}
-- fix: "Correct the eligibility: a young person who has left care or is 18 is no longer an eligible child."
-- sources: ["Annex A: definitions of the lists"]
select
    'List_9' as module,
    List_9.row_id
from List_9
left join List_8 on List_8.child_unique_id = List_9.child_unique_id and List_8.ceased_date is null
where
    List_9.eligibility = 'd) Eligible child'
    and (List_8.child_unique_id is null or coalesce(List_9.age not in (16, 17), true))
