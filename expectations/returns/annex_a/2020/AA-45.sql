-- title: "List 11 and the households that reached a stage in the year differ, without a reason"
-- severity: query
-- fields: {List_11: [family_id]}
-- fix: "Give each prospective adopter the identifier of the household, and correct the dates of its stages."
-- sources: ["Annex A: definitions of the lists", "catalogue P37"]
with reached as (
    -- One difference has a reason: list 11 has adopters in contact, P37 those who reached a stage in the twelve months.
    select distinct adopter_family.family_id
    from adopter_family
    cross join collection
    cross join
        lateral (
            values
            (adopter_family.enquiry_date), (adopter_family.stage_1_start), (adopter_family.stage_2_start),
            (adopter_family.approval_date), (adopter_family.matched_date), (adopter_family.placed_date)
        ) as stage (day)
    where stage.day > (collection.collection_end - interval '12 months')::date and stage.day <= collection.collection_end
)

select
    'List_11' as module,
    List_11.row_id
from List_11
where List_11.family_id is null
union all
select
    '' as module,
    -1 as row_id
from reached
left join List_11 on List_11.family_id = reached.family_id
where List_11.row_id is null
