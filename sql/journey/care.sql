-- title: Legal status, care, placements, reviews and visits
-- grain: one row per event or date range of the child in asked_child
-- key: [step, record_id, day, detail]
-- sources: ["catalogue K08 and K12: care and legal status from their marts"]
select
    300 as step,
    legal_status.first_day as day,
    legal_status.last_day as until,
    'legal status' as what,
    '{ssda903.LS:' || legal_status.status || '}' as detail,
    null::text as record_id,
    null::text as worker
from legal_status
inner join asked_child on asked_child.child_id = legal_status.child_id
union all
select
    310 as step,
    care_period.first_day as day,
    care_period.last_day as until,
    'in care' as what,
    '{ssda903.RNE:' || care_period.start_reason || '}' as detail,
    care_period.care_key as record_id,
    null as worker
from care_period
inner join asked_child on asked_child.child_id = care_period.child_id
union all
select
    320 as step,
    placement.start_date as day,
    placement.end_date as until,
    'placement' as what,
    concat_ws(
        '; ',
        '{ssda903.PLACE:' || placement.placement_type || '}',
        'by {ssda903.PLACE_PROVIDER:' || placement.provider || '}',
        'ended {ssda903.REASON_PLACE_CHANGE:' || placement.change_reason || '}'
    ) as detail,
    placement.placement_id as record_id,
    null as worker
from placement
inner join asked_child on asked_child.child_id = placement.child_id
union all
select
    330 as step,
    placement_plan.plan_date as day,
    null as until,
    'placement plan' as what,
    null as detail,
    placement_plan.placement_id as record_id,
    null as worker
from placement_plan
inner join placement on placement.placement_id = placement_plan.placement_id
inner join asked_child on asked_child.child_id = placement.child_id
union all
select
    340 as step,
    connected_carer.approved_date as day,
    connected_carer.ended_date as until,
    'connected carer approved for a time' as what,
    concat_ws(
        '; ',
        'extended ' || connected_carer.extended_date,
        'approved in full ' || connected_carer.full_approval_date
    ) as detail,
    connected_carer.approval_id as record_id,
    null as worker
from connected_carer
inner join asked_child on asked_child.child_id = connected_carer.person_id
union all
select
    350 as step,
    ssd_cla_care_plan.lacp_cla_care_plan_start_date as day,
    ssd_cla_care_plan.lacp_cla_care_plan_end_date as until,
    'care plan' as what,
    null as detail,
    ssd_cla_care_plan.lacp_table_id as record_id,
    null as worker
from ssd_cla_care_plan
inner join asked_child on asked_child.child_id = ssd_cla_care_plan.lacp_person_id
union all
select
    360 as step,
    ssd_cla_reviews.clar_cla_review_date as day,
    null as until,
    'care review' as what,
    concat_ws(
        '; ',
        'cancelled {local.yes_no:' || ssd_cla_reviews.clar_cla_review_cancelled || '}',
        'took part {ssda903.REVIEW_CODE:' || ssd_cla_reviews.clar_cla_review_participation || '}',
        'due ' || ssd_cla_reviews.clar_cla_review_due_date
    ) as detail,
    ssd_cla_reviews.clar_cla_review_id as record_id,
    null as worker
from ssd_cla_reviews
inner join asked_child on asked_child.child_id = ssd_cla_reviews.clar_cla_person_id
union all
select
    370 as step,
    ssd_cla_visits.clav_cla_visit_date as day,
    null as until,
    'care visit' as what,
    concat_ws(
        '; ',
        'seen {local.yes_no:' || ssd_cla_visits.clav_cla_visit_seen || '}',
        'alone {local.yes_no:' || ssd_cla_visits.clav_cla_visit_seen_alone || '}'
    ) as detail,
    ssd_cla_visits.clav_cla_visit_id as record_id,
    null as worker
from ssd_cla_visits
inner join asked_child on asked_child.child_id = ssd_cla_visits.clav_person_id
union all
select
    380 as step,
    iro_challenge.raised_date as day,
    iro_challenge.settled_date as until,
    'challenge by the reviewing officer' as what,
    concat_ws(
        '; ',
        '{local.iro_challenge.level:' || iro_challenge.level || '}',
        'about {local.iro_challenge.theme:' || iro_challenge.theme || '}',
        '{local.iro_challenge.outcome:' || iro_challenge.outcome || '}'
    ) as detail,
    iro_challenge.challenge_id as record_id,
    null as worker
from iro_challenge
inner join asked_child on asked_child.child_id = iro_challenge.person_id
union all
select
    660 as step,
    care_period.end_date as day,
    null as until,
    'left care' as what,
    '{ssda903.REC:' || care_period.end_reason || '}' as detail,
    care_period.care_key as record_id,
    null as worker
from care_period
inner join asked_child on asked_child.child_id = care_period.child_id
