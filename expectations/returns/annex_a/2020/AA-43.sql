-- title: "An allocated worker is neither in HR nor at an agency"
-- severity: query
-- fields:
--     List_3: [allocated_worker]
--     List_4: [allocated_worker]
--     List_5: [allocated_worker]
--     List_6: [allocated_worker]
--     List_7: [allocated_worker]
--     List_8: [allocated_worker]
--     List_9: [allocated_worker]
-- fix: "Link the account to the person, or close it if it belongs to nobody."
-- sources: ["Annex A: definitions of the lists"]
with told as (
    select
        'List_3' as module,
        List_3.row_id,
        List_3.worker_id
    from List_3
    union all
    select
        'List_4' as module,
        List_4.row_id,
        List_4.worker_id
    from List_4
    union all
    select
        'List_5' as module,
        List_5.row_id,
        List_5.worker_id
    from List_5
    union all
    select
        'List_6' as module,
        List_6.row_id,
        List_6.worker_id
    from List_6
    union all
    select
        'List_7' as module,
        List_7.row_id,
        List_7.worker_id
    from List_7
    union all
    select
        'List_8' as module,
        List_8.row_id,
        List_8.worker_id
    from List_8
    union all
    select
        'List_9' as module,
        List_9.row_id,
        List_9.worker_id
    from List_9
)

select
    told.module,
    told.row_id
from told
left join worker_link on worker_link.professional_id = told.worker_id
where told.worker_id is not null and worker_link.person_key is null
