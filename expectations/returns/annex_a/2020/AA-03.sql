-- title: "Gender, ethnicity, birth date or disability of a child differ between the lists"
-- severity: error
-- fields:
--     List_1: [gender, ethnicity, date_of_birth]
--     List_2: [gender, ethnicity, date_of_birth]
--     List_3: [gender, ethnicity, date_of_birth]
--     List_4: [gender, ethnicity, date_of_birth, disability]
--     List_5: [gender, ethnicity, date_of_birth, disability]
--     List_6: [gender, ethnicity, date_of_birth, disability]
--     List_7: [gender, ethnicity, date_of_birth, disability]
--     List_8: [gender, ethnicity, date_of_birth, disability]
--     List_9: [gender, ethnicity, date_of_birth, disability]
--     List_10: [gender, ethnicity, date_of_birth, disability]
-- fix: "Correct the child's record, which all lists use."
-- sources: ["Annex A: definitions of the lists"]
with told as (
    select
        'List_1' as module,
        List_1.row_id,
        List_1.child_unique_id,
        List_1.gender,
        List_1.ethnicity,
        List_1.date_of_birth,
        null::text as disability
    from List_1
    union all
    select
        'List_2' as module,
        List_2.row_id,
        List_2.child_unique_id,
        List_2.gender,
        List_2.ethnicity,
        List_2.date_of_birth,
        null::text as disability
    from List_2
    union all
    select
        'List_3' as module,
        List_3.row_id,
        List_3.child_unique_id,
        List_3.gender,
        List_3.ethnicity,
        List_3.date_of_birth,
        null::text as disability
    from List_3
    union all
    select
        'List_4' as module,
        List_4.row_id,
        List_4.child_unique_id,
        List_4.gender,
        List_4.ethnicity,
        List_4.date_of_birth,
        List_4.disability
    from List_4
    union all
    select
        'List_5' as module,
        List_5.row_id,
        List_5.child_unique_id,
        List_5.gender,
        List_5.ethnicity,
        List_5.date_of_birth,
        List_5.disability
    from List_5
    union all
    select
        'List_6' as module,
        List_6.row_id,
        List_6.child_unique_id,
        List_6.gender,
        List_6.ethnicity,
        List_6.date_of_birth,
        List_6.disability
    from List_6
    union all
    select
        'List_7' as module,
        List_7.row_id,
        List_7.child_unique_id,
        List_7.gender,
        List_7.ethnicity,
        List_7.date_of_birth,
        List_7.disability
    from List_7
    union all
    select
        'List_8' as module,
        List_8.row_id,
        List_8.child_unique_id,
        List_8.gender,
        List_8.ethnicity,
        List_8.date_of_birth,
        List_8.disability
    from List_8
    union all
    select
        'List_9' as module,
        List_9.row_id,
        List_9.child_unique_id,
        List_9.gender,
        List_9.ethnicity,
        List_9.date_of_birth,
        List_9.disability
    from List_9
    union all
    select
        'List_10' as module,
        List_10.row_id,
        List_10.child_unique_id,
        List_10.gender,
        List_10.ethnicity,
        List_10.date_of_birth,
        List_10.disability
    from List_10
),

differing as (
    select told.child_unique_id
    from told
    group by told.child_unique_id
    having
        count(distinct told.gender) > 1
        or count(distinct told.ethnicity) > 1
        or count(distinct told.date_of_birth) > 1
        or bool_or(told.date_of_birth is null) <> bool_and(told.date_of_birth is null)
        or count(distinct told.disability) > 1
)

select
    told.module,
    told.row_id
from told
inner join differing on differing.child_unique_id = told.child_unique_id
