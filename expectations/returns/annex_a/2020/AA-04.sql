-- title: "The age is not that of the inspection date"
-- severity: error
-- fields:
--     List_1: [date_of_birth, age]
--     List_2: [date_of_birth, age]
--     List_3: [date_of_birth, age]
--     List_4: [date_of_birth, age]
--     List_5: [date_of_birth, age]
--     List_6: [date_of_birth, age]
--     List_7: [date_of_birth, age]
--     List_8: [date_of_birth, age]
--     List_9: [date_of_birth, age]
--     List_10: [date_of_birth, age]
-- fix: "Correct the child's birth date; an unborn child has no age."
-- sources: ["Annex A: definitions of the lists"]
with told as (
    select
        'List_1' as module,
        List_1.row_id,
        List_1.date_of_birth,
        List_1.age
    from List_1
    union all
    select
        'List_2' as module,
        List_2.row_id,
        List_2.date_of_birth,
        List_2.age
    from List_2
    union all
    select
        'List_3' as module,
        List_3.row_id,
        List_3.date_of_birth,
        List_3.age
    from List_3
    union all
    select
        'List_4' as module,
        List_4.row_id,
        List_4.date_of_birth,
        List_4.age
    from List_4
    union all
    select
        'List_5' as module,
        List_5.row_id,
        List_5.date_of_birth,
        List_5.age
    from List_5
    union all
    select
        'List_6' as module,
        List_6.row_id,
        List_6.date_of_birth,
        List_6.age
    from List_6
    union all
    select
        'List_7' as module,
        List_7.row_id,
        List_7.date_of_birth,
        List_7.age
    from List_7
    union all
    select
        'List_8' as module,
        List_8.row_id,
        List_8.date_of_birth,
        List_8.age
    from List_8
    union all
    select
        'List_9' as module,
        List_9.row_id,
        List_9.date_of_birth,
        List_9.age
    from List_9
    union all
    select
        'List_10' as module,
        List_10.row_id,
        List_10.date_of_birth,
        List_10.age
    from List_10
)

select
    told.module,
    told.row_id
from told
cross join collection
where
    (told.date_of_birth is null) <> (told.age is null)
    or (told.date_of_birth + told.age * interval '1 year')::date > collection.collection_end
    or (told.date_of_birth + (told.age + 1) * interval '1 year')::date <= collection.collection_end
