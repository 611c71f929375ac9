-- title: "A child or adopter is twice in a list that has one row for each"
-- severity: error
-- fields:
--     List_6: [child_unique_id]
--     List_7: [child_unique_id]
--     List_8: [child_unique_id]
--     List_9: [child_unique_id]
--     List_10: [child_unique_id]
--     List_11: [adopter_id]
-- fix: "Find out why the case system has two records, and keep one."
-- sources: ["Annex A: definitions of the lists"]
with counted as (
    select
        'List_6' as module,
        List_6.row_id,
        count(*) over (partition by List_6.child_unique_id) as times
    from List_6
    union all
    select
        'List_7' as module,
        List_7.row_id,
        count(*) over (partition by List_7.child_unique_id) as times
    from List_7
    union all
    select
        'List_8' as module,
        List_8.row_id,
        count(*) over (partition by List_8.child_unique_id) as times
    from List_8
    union all
    select
        'List_9' as module,
        List_9.row_id,
        count(*) over (partition by List_9.child_unique_id) as times
    from List_9
    union all
    select
        'List_10' as module,
        List_10.row_id,
        count(*) over (partition by List_10.child_unique_id) as times
    from List_10
    union all
    select
        'List_11' as module,
        List_11.row_id,
        count(*) over (partition by List_11.adopter_id) as times
    from List_11
)

select
    counted.module,
    counted.row_id
from counted
where counted.times > 1
