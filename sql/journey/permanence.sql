-- title: Adoption and other lasting homes
-- grain: one row per event or date range of the child in asked_child
-- key: [step, record_id, day, detail]
-- sources: ["all records as known on the night, without merging"]
select
    560 as step,
    ssd_permanence.perm_adm_decision_date as day,
    null::date as until,
    'decision that adoption is best' as what,
    null::text as detail,
    ssd_permanence.perm_table_id as record_id,
    ssd_permanence.perm_adoption_worker_id as worker
from ssd_permanence
inner join asked_child on asked_child.child_id = ssd_permanence.perm_person_id
union all
select
    570 as step,
    ssd_permanence.perm_ffa_cp_decision_date as day,
    null as until,
    'fostering for adoption decided' as what,
    null as detail,
    ssd_permanence.perm_table_id as record_id,
    ssd_permanence.perm_adoption_worker_id as worker
from ssd_permanence
inner join asked_child on asked_child.child_id = ssd_permanence.perm_person_id
union all
select
    580 as step,
    ssd_permanence.perm_placement_order_date as day,
    null as until,
    'placement order' as what,
    null as detail,
    ssd_permanence.perm_table_id as record_id,
    ssd_permanence.perm_adoption_worker_id as worker
from ssd_permanence
inner join asked_child on asked_child.child_id = ssd_permanence.perm_person_id
union all
select
    590 as step,
    ssd_permanence.perm_matched_date as day,
    null as until,
    'matched for adoption' as what,
    null as detail,
    ssd_permanence.perm_table_id as record_id,
    ssd_permanence.perm_adoption_worker_id as worker
from ssd_permanence
inner join asked_child on asked_child.child_id = ssd_permanence.perm_person_id
union all
select
    600 as step,
    ssd_permanence.perm_placed_ffa_cp_date as day,
    null as until,
    'placed to foster for adoption' as what,
    null as detail,
    ssd_permanence.perm_table_id as record_id,
    ssd_permanence.perm_adoption_worker_id as worker
from ssd_permanence
inner join asked_child on asked_child.child_id = ssd_permanence.perm_person_id
union all
select
    610 as step,
    ssd_permanence.perm_placed_for_adoption_date as day,
    null as until,
    'placed for adoption' as what,
    null as detail,
    ssd_permanence.perm_table_id as record_id,
    ssd_permanence.perm_adoption_worker_id as worker
from ssd_permanence
inner join asked_child on asked_child.child_id = ssd_permanence.perm_person_id
union all
select
    620 as step,
    ssd_permanence.perm_placed_foster_carer_date as day,
    null as until,
    'placed with carer to adopt' as what,
    null as detail,
    ssd_permanence.perm_table_id as record_id,
    ssd_permanence.perm_adoption_worker_id as worker
from ssd_permanence
inner join asked_child on asked_child.child_id = ssd_permanence.perm_person_id
union all
select
    630 as step,
    ssd_permanence.perm_decision_reversed_date as day,
    null as until,
    'adoption decision reversed' as what,
    '{ssda903.REASON_PLACED_CEASED:' || ssd_permanence.perm_decision_reversed_reason || '}' as detail,
    ssd_permanence.perm_table_id as record_id,
    ssd_permanence.perm_adoption_worker_id as worker
from ssd_permanence
inner join asked_child on asked_child.child_id = ssd_permanence.perm_person_id
union all
select
    640 as step,
    ssd_permanence.perm_permanence_order_date as day,
    null as until,
    'permanence order' as what,
    '{local.perm_permanence_order_type:' || ssd_permanence.perm_permanence_order_type || '}' as detail,
    ssd_permanence.perm_table_id as record_id,
    ssd_permanence.perm_adoption_worker_id as worker
from ssd_permanence
inner join asked_child on asked_child.child_id = ssd_permanence.perm_person_id
union all
select
    650 as step,
    ltf_match.decision_date as day,
    null as until,
    'match for long-term fostering' as what,
    concat_ws(
        '; ',
        '{local.ltf_match.decision:' || ltf_match.decision || '}',
        'panel ' || ltf_match.panel_date
    ) as detail,
    ltf_match.match_id as record_id,
    null as worker
from ltf_match
inner join asked_child on asked_child.child_id = ltf_match.person_id
