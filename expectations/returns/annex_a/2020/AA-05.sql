-- title: "A date is after the inspection date, or before the birth of a child"
-- severity: error
-- fields:
--     List_1: [contact_date]
--     List_2: [start_date, completion_date]
--     List_3: [referral_date]
--     List_4: [start_date, authorisation_date]
--     List_5: [start_date, icpc_date]
--     List_6: [start_date, last_seen_date, closure_date]
--     List_7: [start_date, last_visit_date, latest_review_date, end_date]
--     List_8: [
--         start_date, legal_status_date, latest_review_date, last_visit_date,
--         last_iro_date, last_health_date, last_dental_date, ceased_date, placement_date
--     ]
--     List_9: [pathway_review_date, latest_contact_date]
--     List_10: [entered_care_date, decision_date, placement_order_date, matched_date, placed_date, order_date, reversal_date, early_placed_date]
--     List_11: [
--         enquiry_date, stage_1_start_date, stage_1_end_date, stage_2_start_date, stage_2_end_date,
--         application_date, approval_date, matched_date, placed_date, order_date, left_date
--     ]
-- fix: "Correct the date, or the birth date of the child."
-- sources: ["Annex A: definitions of the lists"]
with dated as (
    select
        'List_1' as module,
        List_1.row_id,
        List_1.date_of_birth,
        told.field,
        told.day::date as day
    from List_1
    cross join jsonb_each_text(to_jsonb(List_1)) as told (field, day)
    where told.field like '%\_date'
    union all
    select
        'List_2' as module,
        List_2.row_id,
        List_2.date_of_birth,
        told.field,
        told.day::date as day
    from List_2
    cross join jsonb_each_text(to_jsonb(List_2)) as told (field, day)
    where told.field like '%\_date'
    union all
    select
        'List_3' as module,
        List_3.row_id,
        List_3.date_of_birth,
        told.field,
        told.day::date as day
    from List_3
    cross join jsonb_each_text(to_jsonb(List_3)) as told (field, day)
    where told.field like '%\_date'
    union all
    select
        'List_4' as module,
        List_4.row_id,
        List_4.date_of_birth,
        told.field,
        told.day::date as day
    from List_4
    cross join jsonb_each_text(to_jsonb(List_4)) as told (field, day)
    where told.field like '%\_date'
    union all
    select
        'List_5' as module,
        List_5.row_id,
        List_5.date_of_birth,
        told.field,
        told.day::date as day
    from List_5
    cross join jsonb_each_text(to_jsonb(List_5)) as told (field, day)
    where told.field like '%\_date'
    union all
    select
        'List_6' as module,
        List_6.row_id,
        List_6.date_of_birth,
        told.field,
        told.day::date as day
    from List_6
    cross join jsonb_each_text(to_jsonb(List_6)) as told (field, day)
    where told.field like '%\_date'
    union all
    select
        'List_7' as module,
        List_7.row_id,
        List_7.date_of_birth,
        told.field,
        told.day::date as day
    from List_7
    cross join jsonb_each_text(to_jsonb(List_7)) as told (field, day)
    where told.field like '%\_date'
    union all
    select
        'List_8' as module,
        List_8.row_id,
        List_8.date_of_birth,
        told.field,
        told.day::date as day
    from List_8
    cross join jsonb_each_text(to_jsonb(List_8)) as told (field, day)
    where told.field like '%\_date'
    union all
    select
        'List_9' as module,
        List_9.row_id,
        List_9.date_of_birth,
        told.field,
        told.day::date as day
    from List_9
    cross join jsonb_each_text(to_jsonb(List_9)) as told (field, day)
    where told.field like '%\_date'
    union all
    select
        'List_10' as module,
        List_10.row_id,
        List_10.date_of_birth,
        told.field,
        told.day::date as day
    from List_10
    cross join jsonb_each_text(to_jsonb(List_10)) as told (field, day)
    where told.field like '%\_date'
    union all
    select
        'List_11' as module,
        List_11.row_id,
        null::date as date_of_birth,
        told.field,
        told.day::date as day
    from List_11
    cross join jsonb_each_text(to_jsonb(List_11)) as told (field, day)
    where told.field like '%\_date'
)

select
    dated.module,
    dated.row_id,
    dated.field
from dated
cross join collection
where
    dated.day > collection.collection_end
    -- A contact, referral, assessment, enquiry, conference and plan may be before birth.
    or (
        dated.day < dated.date_of_birth
        and (
            dated.module not in ('List_1', 'List_3', 'List_4', 'List_5', 'List_6', 'List_7')
            or dated.field = 'last_seen_date'
        )
    )
