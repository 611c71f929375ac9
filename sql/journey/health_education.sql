-- title: Health, education and youth justice
-- grain: one row per event or date range of the child in asked_child
-- key: [step, record_id, day, detail]
-- sources: ["all records as known on the night, without merging"]
select
    390 as step,
    health_check.check_date as day,
    null::date as until,
    'health check' as what,
    concat_ws(
        '; ',
        '{local.health_check_kind:' || health_check.kind || '}',
        '{local.clah_health_check_status:' || health_check.status || '}'
    ) as detail,
    health_check.check_id as record_id,
    null::text as worker
from health_check
inner join asked_child on asked_child.child_id = health_check.child_id
union all
select
    400 as step,
    ssd_cla_immunisations.clai_immunisations_status_date as day,
    null as until,
    'immunisations recorded' as what,
    'up to date {local.yes_no:' || ssd_cla_immunisations.clai_immunisations_status || '}' as detail,
    null as record_id,
    null as worker
from ssd_cla_immunisations
inner join asked_child on asked_child.child_id = ssd_cla_immunisations.clai_person_id
union all
select
    410 as step,
    ssd_sdq_scores.csdq_sdq_completed_date as day,
    null as until,
    'strengths and difficulties questionnaire' as what,
    concat_ws(
        '; ',
        'no score because {ssda903.SDQ_REASON:' || ssd_sdq_scores.csdq_sdq_reason || '}',
        'score ' || ssd_sdq_scores.csdq_sdq_score
    ) as detail,
    ssd_sdq_scores.csdq_table_id as record_id,
    null as worker
from ssd_sdq_scores
inner join asked_child on asked_child.child_id = ssd_sdq_scores.csdq_person_id
union all
select
    420 as step,
    ssd_cla_substance_misuse.clas_substance_misuse_date as day,
    null as until,
    'substance misuse recorded' as what,
    'help received {local.yes_no:' || ssd_cla_substance_misuse.clas_intervention_received || '}' as detail,
    ssd_cla_substance_misuse.clas_substance_misuse_id as record_id,
    null as worker
from ssd_cla_substance_misuse
inner join asked_child on asked_child.child_id = ssd_cla_substance_misuse.clas_person_id
union all
select
    430 as step,
    ssd_cla_convictions.clac_cla_conviction_date as day,
    null as until,
    'conviction' as what,
    null as detail,
    ssd_cla_convictions.clac_cla_conviction_id as record_id,
    null as worker
from ssd_cla_convictions
inner join asked_child on asked_child.child_id = ssd_cla_convictions.clac_person_id
union all
select
    440 as step,
    yj_intervention.start_date as day,
    yj_intervention.end_date as until,
    'youth justice' as what,
    '{local.yj_intervention.outcome_type:' || yj_intervention.outcome_type || '}' as detail,
    yj_intervention.intervention_id as record_id,
    null as worker
from yj_intervention
inner join asked_child on asked_child.child_id = yj_intervention.person_id
union all
select
    450 as step,
    pep.plan_date as day,
    null as until,
    'personal education plan' as what,
    'quality {local.pep.quality_grade:' || pep.quality_grade || '}' as detail,
    pep.pep_id as record_id,
    null as worker
from pep
inner join asked_child on asked_child.child_id = pep.person_id
union all
select
    460 as step,
    ehe_register.start_date as day,
    ehe_register.end_date as until,
    'home education' as what,
    null as detail,
    ehe_register.ehe_id as record_id,
    null as worker
from ehe_register
inner join asked_child on asked_child.child_id = ehe_register.person_id
union all
select
    470 as step,
    ehc_case.request_date as day,
    null as until,
    'education, health and care request' as what,
    null as detail,
    ehc_case.case_id as record_id,
    null as worker
from ehc_case
inner join asked_child on asked_child.child_id = ehc_case.person_id
union all
select
    480 as step,
    ehc_case.assess_decision_date as day,
    null as until,
    'decision to assess' as what,
    '{local.ehc_case.assess_decision:' || ehc_case.assess_decision || '}' as detail,
    ehc_case.case_id as record_id,
    null as worker
from ehc_case
inner join asked_child on asked_child.child_id = ehc_case.person_id
union all
select
    490 as step,
    ehc_case.plan_issued_date as day,
    ehc_case.plan_ceased_date as until,
    'education, health and care plan' as what,
    null as detail,
    ehc_case.case_id as record_id,
    null as worker
from ehc_case
inner join asked_child on asked_child.child_id = ehc_case.person_id
union all
select
    500 as step,
    ssd_ehcp_requests.ehcr_ehcp_req_date as day,
    null as until,
    'education, health and care request' as what,
    '{local.ehcp_outcome:' || ssd_ehcp_requests.ehcr_ehcp_req_outcome || '}' as detail,
    ssd_ehcp_requests.ehcr_ehcp_request_id as record_id,
    null as worker
from ssd_ehcp_requests
inner join ssd_send on ssd_send.send_table_id = ssd_ehcp_requests.ehcr_send_table_id
inner join asked_child on asked_child.child_id = ssd_send.send_person_id
