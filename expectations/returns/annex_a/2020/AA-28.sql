-- title: "A person is among the children in need only as a care leaver"
-- severity: error
-- fields: {List_6: [child_unique_id]}
-- fix: "Close the case of the child in need: the young person is 18 and has leaving care services."
-- sources: ["Annex A: definitions of the lists"]
with served as (
    select List_4.child_unique_id
    from List_4
    union
    select List_5.child_unique_id
    from List_5
    union
    select List_7.child_unique_id
    from List_7
    union
    select List_8.child_unique_id
    from List_8
)

select
    'List_6' as module,
    List_6.row_id
from List_6
inner join List_9 on List_9.child_unique_id = List_6.child_unique_id
left join served on served.child_unique_id = List_6.child_unique_id
where List_6.age >= 18 and List_6.closure_date is null and served.child_unique_id is null
