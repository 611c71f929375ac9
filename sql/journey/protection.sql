-- title: Plans for need and protection, enquiries, conferences and visits
-- grain: one row per event or date range of the child in asked_child
-- key: [step, record_id, day, detail]
-- sources: ["all records as known on the night, without merging"]
select
    80 as step,
    (strategy_discussion.held_at at time zone 'Europe/London')::date as day,
    null::date as until,
    'strategy discussion' as what,
    concat_ws(
        '; ',
        '{local.strategy_discussion.outcome:' || strategy_discussion.outcome || '}',
        'police {local.yes_no_na:' || strategy_discussion.police_info || '}',
        'health {local.yes_no_na:' || strategy_discussion.health_info || '}'
    ) as detail,
    strategy_discussion.discussion_id as record_id,
    null::text as worker
from strategy_discussion
inner join asked_child on asked_child.child_id = strategy_discussion.person_id
union all
select
    90 as step,
    ssd_s47_enquiry.s47e_s47_start_date as day,
    ssd_s47_enquiry.s47e_s47_end_date as until,
    'section 47 enquiry' as what,
    concat_ws(
        '; ',
        'no further action {local.yes_no:' || ssd_s47_enquiry.s47e_s47_nfa || '}',
        'team ' || ssd_s47_enquiry.s47e_s47_completed_by_team
    ) as detail,
    ssd_s47_enquiry.s47e_s47_enquiry_id as record_id,
    ssd_s47_enquiry.s47e_s47_completed_by_worker_id as worker
from ssd_s47_enquiry
inner join asked_child on asked_child.child_id = ssd_s47_enquiry.s47e_person_id
union all
select
    100 as step,
    ssd_initial_cp_conference.icpc_icpc_date as day,
    null as until,
    'initial conference' as what,
    concat_ws(
        '; ',
        'protection plan {local.yes_no:' || ssd_initial_cp_conference.icpc_icpc_outcome_cp_flag || '}',
        'transfer in {local.yes_no:' || ssd_initial_cp_conference.icpc_icpc_transfer_in || '}',
        'due ' || ssd_initial_cp_conference.icpc_icpc_target_date,
        'team ' || ssd_initial_cp_conference.icpc_icpc_team
    ) as detail,
    ssd_initial_cp_conference.icpc_icpc_id as record_id,
    ssd_initial_cp_conference.icpc_icpc_worker_id as worker
from ssd_initial_cp_conference
inner join asked_child on asked_child.child_id = ssd_initial_cp_conference.icpc_person_id
union all
select
    110 as step,
    cp_transfer.notified_date as day,
    null as until,
    'protection plan transfer notified' as what,
    '{local.cp_transfer.direction:' || cp_transfer.direction || '}' as detail,
    cp_transfer.transfer_id as record_id,
    null as worker
from cp_transfer
inner join asked_child on asked_child.child_id = cp_transfer.person_id
union all
select
    120 as step,
    ssd_cin_plans.cinp_cin_plan_start_date as day,
    ssd_cin_plans.cinp_cin_plan_end_date as until,
    'need plan begun' as what,
    'team ' || ssd_cin_plans.cinp_cin_plan_team as detail,
    ssd_cin_plans.cinp_cin_plan_id as record_id,
    ssd_cin_plans.cinp_cin_plan_worker_id as worker
from ssd_cin_plans
inner join asked_child on asked_child.child_id = ssd_cin_plans.cinp_person_id
union all
select
    130 as step,
    cin_review.held_date as day,
    null as until,
    'need plan review' as what,
    'due ' || cin_review.due_date as detail,
    cin_review.review_id as record_id,
    null as worker
from cin_review
inner join ssd_cin_plans on ssd_cin_plans.cinp_cin_plan_id = cin_review.cin_plan_id
inner join asked_child on asked_child.child_id = ssd_cin_plans.cinp_person_id
union all
select
    140 as step,
    ssd_cin_visits.cinv_cin_visit_date as day,
    null as until,
    'need visit' as what,
    concat_ws(
        '; ',
        'seen {local.yes_no:' || ssd_cin_visits.cinv_cin_visit_seen || '}',
        'alone {local.yes_no:' || ssd_cin_visits.cinv_cin_visit_seen_alone || '}'
    ) as detail,
    ssd_cin_visits.cinv_cin_visit_id as record_id,
    null as worker
from ssd_cin_visits
inner join asked_child on asked_child.child_id = ssd_cin_visits.cinv_person_id
union all
select
    150 as step,
    ssd_cin_plans.cinp_cin_plan_end_date as day,
    null as until,
    'need plan ended' as what,
    null as detail,
    ssd_cin_plans.cinp_cin_plan_id as record_id,
    null as worker
from ssd_cin_plans
inner join asked_child on asked_child.child_id = ssd_cin_plans.cinp_person_id
union all
select
    160 as step,
    ssd_cp_plans.cppl_cp_plan_start_date as day,
    ssd_cp_plans.cppl_cp_plan_end_date as until,
    'protection plan begun' as what,
    concat_ws(
        '; ',
        'category {cin.CategoryOfAbuse:' || ssd_cp_plans.cppl_cp_plan_initial_category || '}',
        'of another authority {local.yes_no:' || ssd_cp_plans.cppl_cp_plan_ola || '}'
    ) as detail,
    ssd_cp_plans.cppl_cp_plan_id as record_id,
    null as worker
from ssd_cp_plans
inner join asked_child on asked_child.child_id = ssd_cp_plans.cppl_person_id
union all
select
    170 as step,
    core_group.held_date as day,
    null as until,
    'core group' as what,
    null as detail,
    core_group.meeting_id as record_id,
    null as worker
from core_group
inner join ssd_cp_plans on ssd_cp_plans.cppl_cp_plan_id = core_group.cp_plan_id
inner join asked_child on asked_child.child_id = ssd_cp_plans.cppl_person_id
union all
select
    180 as step,
    ssd_cp_reviews.cppr_cp_review_date as day,
    null as until,
    'protection plan review' as what,
    concat_ws(
        '; ',
        'goes on {local.yes_no:' || ssd_cp_reviews.cppr_cp_review_outcome_continue_cp || '}',
        'due ' || ssd_cp_reviews.cppr_cp_review_due,
        'took part {ssda903.REVIEW_CODE:' || ssd_cp_reviews.cppr_cp_review_participation || '}'
    ) as detail,
    ssd_cp_reviews.cppr_cp_review_id as record_id,
    null as worker
from ssd_cp_reviews
inner join asked_child on asked_child.child_id = ssd_cp_reviews.cppr_person_id
union all
select
    190 as step,
    ssd_cp_visits.cppv_cp_visit_date as day,
    null as until,
    'protection visit' as what,
    concat_ws(
        '; ',
        'seen {local.yes_no:' || ssd_cp_visits.cppv_cp_visit_seen || '}',
        'alone {local.yes_no:' || ssd_cp_visits.cppv_cp_visit_seen_alone || '}'
    ) as detail,
    ssd_cp_visits.cppv_cp_visit_id as record_id,
    null as worker
from ssd_cp_visits
inner join asked_child on asked_child.child_id = ssd_cp_visits.cppv_person_id
union all
select
    200 as step,
    ssd_cp_plans.cppl_cp_plan_end_date as day,
    null as until,
    'protection plan ended' as what,
    'category {cin.CategoryOfAbuse:' || ssd_cp_plans.cppl_cp_plan_latest_category || '}' as detail,
    ssd_cp_plans.cppl_cp_plan_id as record_id,
    null as worker
from ssd_cp_plans
inner join asked_child on asked_child.child_id = ssd_cp_plans.cppl_person_id
