-- title: "The family of a child's adopters is not among the prospective adopters"
-- severity: query
-- fields: {List_10: [family_id], List_11: [family_id]}
-- fix: "Correct the family identifier; it is empty for adopters of another agency."
-- sources: ["Annex A: definitions of the lists"]
with known as (
    select distinct List_11.family_id
    from List_11
)

select
    'List_10' as module,
    List_10.row_id
from List_10
left join known on known.family_id = List_10.family_id
where List_10.family_id is not null and known.family_id is null
