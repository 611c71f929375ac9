-- title: Pre-proceedings and court
-- grain: one row per event or date range of the child in asked_child
-- key: [step, record_id, day, detail]
-- sources: ["all records as known on the night, without merging"]
select
    220 as step,
    ssd_pre_proceedings.prep_pre_pro_decision_date as day,
    null::date as until,
    'pre-proceedings decided' as what,
    'gateway {local.prep_legal_gateway_outcome:' || ssd_pre_proceedings.prep_legal_gateway_outcome || '}' as detail,
    ssd_pre_proceedings.prep_table_id as record_id,
    null::text as worker
from ssd_pre_proceedings
inner join asked_child on asked_child.child_id = ssd_pre_proceedings.prep_person_id
union all
select
    230 as step,
    ssd_pre_proceedings.prep_pre_pro_letter_date as day,
    null as until,
    'pre-proceedings letter' as what,
    null as detail,
    ssd_pre_proceedings.prep_table_id as record_id,
    null as worker
from ssd_pre_proceedings
inner join asked_child on asked_child.child_id = ssd_pre_proceedings.prep_person_id
union all
select
    240 as step,
    ssd_pre_proceedings.prep_initial_pre_pro_meeting_date as day,
    null as until,
    'first pre-proceedings meeting' as what,
    null as detail,
    ssd_pre_proceedings.prep_table_id as record_id,
    null as worker
from ssd_pre_proceedings
inner join asked_child on asked_child.child_id = ssd_pre_proceedings.prep_person_id
union all
select
    250 as step,
    ssd_pre_proceedings.prep_care_pro_letter_date as day,
    null as until,
    'letter of intent to issue' as what,
    null as detail,
    ssd_pre_proceedings.prep_table_id as record_id,
    null as worker
from ssd_pre_proceedings
inner join asked_child on asked_child.child_id = ssd_pre_proceedings.prep_person_id
union all
select
    260 as step,
    ssd_pre_proceedings.prep_agree_stepdown_issue_date as day,
    null as until,
    'pre-proceedings ended' as what,
    '{local.prep_pre_pro_outcome:' || ssd_pre_proceedings.prep_pre_pro_outcome || '}' as detail,
    ssd_pre_proceedings.prep_table_id as record_id,
    null as worker
from ssd_pre_proceedings
inner join asked_child on asked_child.child_id = ssd_pre_proceedings.prep_person_id
union all
select
    270 as step,
    pre_proceedings.decision_date as day,
    pre_proceedings.end_date as until,
    'pre-proceedings spell' as what,
    concat_ws(
        '; ',
        'letter ' || pre_proceedings.letter_date,
        'first meeting ' || pre_proceedings.first_meeting_date,
        '{local.pre_proceedings.outcome:' || pre_proceedings.outcome || '}'
    ) as detail,
    pre_proceedings.spell_id as record_id,
    null as worker
from pre_proceedings
inner join asked_child on asked_child.child_id = pre_proceedings.person_id
union all
select
    280 as step,
    court_case.issue_date as day,
    court_case.final_order_date as until,
    'court case issued' as what,
    '{local.court_case.proceedings_type:' || court_case.proceedings_type || '}' as detail,
    court_case.case_number as record_id,
    null as worker
from court_case
inner join asked_child on asked_child.child_id = court_case.person_id
union all
select
    290 as step,
    court_case.final_order_date as day,
    null as until,
    'final order' as what,
    concat_ws(
        '; ',
        '{local.court_case.final_order:' || court_case.final_order || '}',
        'lives with {local.court_case.lives_with:' || court_case.lives_with || '}'
    ) as detail,
    court_case.case_number as record_id,
    null as worker
from court_case
inner join asked_child on asked_child.child_id = court_case.person_id
