-- title: "Two rows of a child are the same event"
-- severity: query
-- fields:
--     List_1: [child_unique_id, contact_date, contact_source]
--     List_2: [child_unique_id, start_date]
--     List_3: [child_unique_id, referral_date]
--     List_4: [child_unique_id, start_date]
--     List_5: [child_unique_id, start_date]
-- fix: "Check whether one event was recorded twice, and delete one of the records."
-- sources: ["Annex A: definitions of the lists"]
with counted as (
    select
        'List_1' as module,
        List_1.row_id,
        count(*) over (partition by List_1.child_unique_id, List_1.contact_date, List_1.contact_source) as times
    from List_1
    union all
    select
        'List_2' as module,
        List_2.row_id,
        count(*) over (partition by List_2.child_unique_id, List_2.start_date) as times
    from List_2
    union all
    select
        'List_3' as module,
        List_3.row_id,
        count(*) over (partition by List_3.child_unique_id, List_3.referral_date) as times
    from List_3
    union all
    select
        'List_4' as module,
        List_4.row_id,
        count(*) over (partition by List_4.child_unique_id, List_4.start_date) as times
    from List_4
    union all
    select
        'List_5' as module,
        List_5.row_id,
        count(*) over (partition by List_5.child_unique_id, List_5.start_date) as times
    from List_5
)

select
    counted.module,
    counted.row_id
from counted
where counted.times > 1
