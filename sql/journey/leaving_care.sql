-- title: Care leavers, homelessness, private fostering and status
-- grain: one row per event or date range of the child in asked_child
-- key: [step, record_id, day, detail]
-- sources: ["all records as known on the night, without merging"]
select
    670 as step,
    ssd_care_leavers.clea_care_leaver_latest_contact as day,
    null::date as until,
    'care leaver in touch' as what,
    concat_ws(
        '; ',
        '{ssda903.IN_TOUCH:' || ssd_care_leavers.clea_care_leaver_in_touch || '}',
        'lives in {local.accommodation_type:' || ssd_care_leavers.clea_care_leaver_accommodation || '}',
        'does {ssda903.ACTIV:' || ssd_care_leavers.clea_care_leaver_activity || '}',
        'team ' || ssd_care_leavers.clea_care_leaver_allocated_team
    ) as detail,
    ssd_care_leavers.clea_table_id as record_id,
    ssd_care_leavers.clea_care_leaver_worker_id as worker
from ssd_care_leavers
inner join asked_child on asked_child.child_id = ssd_care_leavers.clea_person_id
union all
select
    680 as step,
    ssd_care_leavers.clea_pathway_plan_review_date as day,
    null as until,
    'pathway plan review' as what,
    null as detail,
    ssd_care_leavers.clea_table_id as record_id,
    ssd_care_leavers.clea_care_leaver_personal_advisor as worker
from ssd_care_leavers
inner join asked_child on asked_child.child_id = ssd_care_leavers.clea_person_id
union all
select
    690 as step,
    care_leaver_birthday.recorded_date as day,
    null as until,
    'care leaver facts recorded' as what,
    concat_ws(
        '; ',
        '{ssda903.IN_TOUCH:' || care_leaver_birthday.in_touch || '}',
        'lives in {ssda903.ACCOM:' || care_leaver_birthday.accommodation || '}',
        'suitable {local.care_leaver_birthday.accommodation_suitable:' || care_leaver_birthday.accommodation_suitable || '}',
        'does {ssda903.ACTIV:' || care_leaver_birthday.activity || '}'
    ) as detail,
    null as record_id,
    null as worker
from care_leaver_birthday
inner join asked_child on asked_child.child_id = care_leaver_birthday.person_id
union all
select
    700 as step,
    pathway_plan.needs_assessment_date as day,
    null as until,
    'pathway needs assessment' as what,
    null as detail,
    pathway_plan.plan_id as record_id,
    null as worker
from pathway_plan
inner join asked_child on asked_child.child_id = pathway_plan.person_id
union all
select
    710 as step,
    pathway_plan.plan_date as day,
    null as until,
    'pathway plan' as what,
    concat_ws(
        '; ',
        'signed {local.yes_no_na:' || pathway_plan.signed_by_young_person || '}',
        'written by {local.pathway_plan.authored_by:' || pathway_plan.authored_by || '}'
    ) as detail,
    pathway_plan.plan_id as record_id,
    null as worker
from pathway_plan
inner join asked_child on asked_child.child_id = pathway_plan.person_id
union all
select
    720 as step,
    pathway_plan.review_date as day,
    null as until,
    'pathway plan review' as what,
    null as detail,
    pathway_plan.plan_id as record_id,
    null as worker
from pathway_plan
inner join asked_child on asked_child.child_id = pathway_plan.person_id
union all
select
    730 as step,
    homeless_1617.presented_date as day,
    null as until,
    'presented as homeless' as what,
    concat_ws(
        '; ',
        '{local.homeless_1617.outcome:' || homeless_1617.outcome || '}',
        'assessed together ' || homeless_1617.joint_assessment_date
    ) as detail,
    homeless_1617.presentation_id as record_id,
    null as worker
from homeless_1617
inner join asked_child on asked_child.child_id = homeless_1617.person_id
union all
select
    740 as step,
    private_fostering.start_date as day,
    private_fostering.end_date as until,
    'private fostering' as what,
    'notified ' || private_fostering.notified_date as detail,
    private_fostering.arrangement_id as record_id,
    null as worker
from private_fostering
inner join asked_child on asked_child.child_id = private_fostering.person_id
union all
select
    750 as step,
    private_fostering_visit.visit_date as day,
    null as until,
    'private fostering visit' as what,
    'seen {local.yes_no_na:' || private_fostering_visit.child_seen || '}' as detail,
    private_fostering_visit.visit_id as record_id,
    null as worker
from private_fostering_visit
inner join private_fostering on private_fostering.arrangement_id = private_fostering_visit.arrangement_id
inner join asked_child on asked_child.child_id = private_fostering.person_id
union all
select
    760 as step,
    ssd_immigration_status.immi_immigration_status_start_date as day,
    ssd_immigration_status.immi_immigration_status_end_date as until,
    'immigration status recorded' as what,
    null as detail,
    ssd_immigration_status.immi_immigration_status_id as record_id,
    null as worker
from ssd_immigration_status
inner join asked_child on asked_child.child_id = ssd_immigration_status.immi_person_id
