-- title: Who worked with the child, and moves of home
-- grain: one row per event or date range of the child in asked_child
-- key: [step, record_id, day, detail]
-- sources: ["catalogue K18: the allocated worker; other workers as recorded"]
select
    860 as step,
    allocated_worker.first_day as day,
    allocated_worker.last_day as until,
    'allocated social worker' as what,
    'team ' || allocated_worker.team_id as detail,
    allocated_worker.involvement_id as record_id,
    allocated_worker.professional_id as worker
from allocated_worker
inner join asked_child on asked_child.child_id = allocated_worker.child_id
union all
select
    870 as step,
    allocation.start_date as day,
    allocation.end_date as until,
    'other named worker' as what,
    concat_ws(
        '; ',
        '{local.allocated_role.role_kind:' || allocation.role_kind || '}',
        'team ' || allocation.team_id
    ) as detail,
    allocation.involvement_id as record_id,
    allocation.professional_id as worker
from allocation
inner join asked_child on asked_child.child_id = allocation.child_id
where not coalesce(allocation.is_social_worker, false)
union all
select
    880 as step,
    ssd_address.addr_address_start_date as day,
    ssd_address.addr_address_end_date as until,
    'address changed' as what,
    null as detail,
    ssd_address.addr_table_id as record_id,
    null as worker
from ssd_address
inner join asked_child on asked_child.child_id = ssd_address.addr_person_id
