-- title: Panel, complaints, advocacy, supervision and audit
-- grain: one row per event or date range of the child in asked_child
-- key: [step, record_id, day, detail]
-- sources: ["all records as known on the night, without merging"]
select
    770 as step,
    panel_request.request_date as day,
    null::date as until,
    'panel request' as what,
    concat_ws(
        '; ',
        '{local.panel_request.request_type:' || panel_request.request_type || '}',
        'team ' || panel_request.team_id
    ) as detail,
    panel_request.request_id as record_id,
    panel_request.requested_by as worker
from panel_request
inner join asked_child on asked_child.child_id = panel_request.person_id
union all
select
    780 as step,
    panel_decision.decision_date as day,
    null as until,
    'panel decision' as what,
    concat_ws(
        '; ',
        '{local.panel_decision.decision:' || panel_decision.decision || '}',
        'to carry out by ' || panel_decision.implement_by,
        'carried out ' || panel_decision.implemented_date
    ) as detail,
    panel_decision.decision_id as record_id,
    null as worker
from panel_decision
inner join panel_request on panel_request.request_id = panel_decision.request_id
inner join asked_child on asked_child.child_id = panel_request.person_id
union all
select
    790 as step,
    complaint.received_date as day,
    complaint.answered_date as until,
    'complaint' as what,
    concat_ws(
        '; ',
        'stage ' || complaint.stage,
        'by {local.complaint.made_by:' || complaint.made_by || '}',
        'about {local.complaint.theme:' || complaint.theme || '}'
    ) as detail,
    complaint.complaint_id as record_id,
    null as worker
from complaint
inner join asked_child on asked_child.child_id = complaint.person_id
union all
select
    800 as step,
    complaint.answered_date as day,
    null as until,
    'complaint answered' as what,
    concat_ws(
        '; ',
        'stage ' || complaint.stage,
        '{local.complaint.outcome:' || complaint.outcome || '}'
    ) as detail,
    complaint.complaint_id as record_id,
    null as worker
from complaint
inner join asked_child on asked_child.child_id = complaint.person_id
union all
select
    810 as step,
    advocacy_offer.offered_date as day,
    null as until,
    'advocate offered' as what,
    concat_ws(
        '; ',
        'because {local.advocacy_offer.reason:' || advocacy_offer.reason || '}',
        'offered {local.yes_no_na:' || advocacy_offer.offered || '}',
        'accepted {local.yes_no_na:' || advocacy_offer.accepted || '}'
    ) as detail,
    advocacy_offer.offer_id as record_id,
    null as worker
from advocacy_offer
inner join asked_child on asked_child.child_id = advocacy_offer.person_id
union all
select
    820 as step,
    advocacy_offer.first_meeting_date as day,
    null as until,
    'first meeting with the advocate' as what,
    null as detail,
    advocacy_offer.offer_id as record_id,
    null as worker
from advocacy_offer
inner join asked_child on asked_child.child_id = advocacy_offer.person_id
union all
select
    830 as step,
    rights_information.given_date as day,
    null as until,
    'rights explained' as what,
    concat_ws(
        '; ',
        '{local.rights_information.topic:' || rights_information.topic || '}',
        'understood {local.yes_no_na:' || rights_information.understood || '}'
    ) as detail,
    rights_information.info_id as record_id,
    null as worker
from rights_information
inner join asked_child on asked_child.child_id = rights_information.person_id
union all
select
    840 as step,
    supervision.held_date as day,
    null as until,
    'case supervision' as what,
    null as detail,
    supervision.supervision_id as record_id,
    supervision.worker_id as worker
from supervision
inner join asked_child on asked_child.child_id = supervision.person_id
union all
select
    850 as step,
    case_audit.completed_date as day,
    null as until,
    'case audit' as what,
    concat_ws(
        '; ',
        '{local.case_audit.topic:' || case_audit.topic || '}',
        'grade {local.case_audit.grade:' || case_audit.grade || '}'
    ) as detail,
    case_audit.audit_id as record_id,
    case_audit.auditor_id as worker
from case_audit
inner join asked_child on asked_child.child_id = case_audit.person_id
