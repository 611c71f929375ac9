-- title: "Emergency protection is shown for a child without such a legal status"
-- severity: query
-- fields: {List_7: [emergency_protection]}
-- fix: "Record the legal status with its days."
-- sources: ["Annex A: definitions of the lists"]
with emergency as (
    select ssd_legal_status.lega_person_id as child_unique_id
    from ssd_legal_status
    cross join collection
    where
        ssd_legal_status.lega_legal_status in ('L1', 'L2')
        and ssd_legal_status.lega_legal_status_start_date <= collection.collection_end
        and (
            ssd_legal_status.lega_legal_status_end_date is null
            or ssd_legal_status.lega_legal_status_end_date >= collection.collection_start
        )
    union
    select List_8.child_unique_id
    from List_8
    where List_8.legal_status like 'L1:%' or List_8.legal_status like 'L2:%'
)

select
    'List_7' as module,
    List_7.row_id
from List_7
left join emergency on emergency.child_unique_id = List_7.child_unique_id
where List_7.emergency_protection = 'a) Yes' and emergency.child_unique_id is null
