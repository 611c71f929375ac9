-- title: "The number of children placed with adopters differs from the list of children"
-- severity: query
-- fields: {List_11: [children_placed]}
-- fix: "Correct the number, or the family identifier of the children."
-- sources: ["Annex A: definitions of the lists"]
with counted as (
    select
        List_10.family_id,
        count(List_10.placed_date) as children
    from List_10
    where List_10.family_id is not null
    group by List_10.family_id
)

select
    'List_11' as module,
    List_11.row_id
from List_11
inner join counted on counted.family_id = List_11.family_id
where coalesce(List_11.children_placed, 0) <> counted.children
