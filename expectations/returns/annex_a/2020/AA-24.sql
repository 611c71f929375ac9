-- title: "An earlier protection plan of the child is known but not counted"
-- severity: query
-- fields: {List_7: [number_of_previous_plans]}
-- fix: "Check whether one plan was recorded twice."
-- sources: ["Annex A: definitions of the lists"]
with earlier as (
    select distinct List_7.row_id
    from List_7
    inner join cp_plan
        on cp_plan.child_id = List_7.child_unique_id
        and cp_plan.start_date < List_7.start_date
)

select
    'List_7' as module,
    List_7.row_id
from List_7
inner join earlier on earlier.row_id = List_7.row_id
where List_7.number_of_previous_plans = 0
