-- title: Contacts, referrals and assessments
-- grain: one row per event or date range of the child in asked_child
-- key: [step, record_id, day, detail]
-- sources: ["all records as known on the night, without merging"]
select
    10 as step,
    ssd_early_help_episodes.earl_episode_start_date as day,
    ssd_early_help_episodes.earl_episode_end_date as until,
    'early help' as what,
    null::text as detail,
    ssd_early_help_episodes.earl_episode_id as record_id,
    ssd_early_help_episodes.earl_episode_worker_id as worker
from ssd_early_help_episodes
inner join asked_child on asked_child.child_id = ssd_early_help_episodes.earl_person_id
union all
select
    20 as step,
    ssd_contacts.cont_contact_date as day,
    null as until,
    'contact' as what,
    'from {cin.ReferralSource:' || ssd_contacts.cont_contact_source_code || '}' as detail,
    ssd_contacts.cont_contact_id as record_id,
    null as worker
from ssd_contacts
inner join asked_child on asked_child.child_id = ssd_contacts.cont_person_id
union all
select
    30 as step,
    (contact_decision.decided_at at time zone 'Europe/London')::date as day,
    null as until,
    'contact decided' as what,
    null as detail,
    contact_decision.contact_id as record_id,
    null as worker
from contact_decision
inner join ssd_contacts on ssd_contacts.cont_contact_id = contact_decision.contact_id
inner join asked_child on asked_child.child_id = ssd_contacts.cont_person_id
union all
select
    40 as step,
    ssd_cin_episodes.cine_referral_date as day,
    ssd_cin_episodes.cine_close_date as until,
    'referral' as what,
    concat_ws(
        '; ',
        'from {cin.ReferralSource:' || ssd_cin_episodes.cine_referral_source_code || '}',
        'need {cin.PrimaryNeedCode:' || ssd_cin_episodes.cine_cin_primary_need_code || '}',
        'no further action {local.yes_no:' || ssd_cin_episodes.cine_referral_nfa || '}',
        'team ' || ssd_cin_episodes.cine_referral_team
    ) as detail,
    ssd_cin_episodes.cine_referral_id as record_id,
    ssd_cin_episodes.cine_referral_worker_id as worker
from ssd_cin_episodes
inner join asked_child on asked_child.child_id = ssd_cin_episodes.cine_person_id
union all
select
    50 as step,
    (referral_decision.decided_at at time zone 'Europe/London')::date as day,
    null as until,
    'referral decided' as what,
    '{local.referral_decision.decision:' || referral_decision.decision || '}' as detail,
    referral_decision.referral_id as record_id,
    null as worker
from referral_decision
inner join ssd_cin_episodes on ssd_cin_episodes.cine_referral_id = referral_decision.referral_id
inner join asked_child on asked_child.child_id = ssd_cin_episodes.cine_person_id
union all
select
    60 as step,
    ssd_cin_assessments.cina_assessment_start_date as day,
    ssd_cin_assessments.cina_assessment_auth_date as until,
    'assessment begun' as what,
    concat_ws(
        '; ',
        'child seen {local.yes_no:' || ssd_cin_assessments.cina_assessment_child_seen || '}',
        'team ' || ssd_cin_assessments.cina_assessment_team
    ) as detail,
    ssd_cin_assessments.cina_assessment_id as record_id,
    ssd_cin_assessments.cina_assessment_worker_id as worker
from ssd_cin_assessments
inner join asked_child on asked_child.child_id = ssd_cin_assessments.cina_person_id
union all
select
    70 as step,
    ssd_cin_assessments.cina_assessment_auth_date as day,
    null as until,
    'assessment authorised' as what,
    concat_ws(
        '; ',
        'child seen {local.yes_no:' || ssd_cin_assessments.cina_assessment_child_seen || '}',
        'no further action {local.yes_no:' || ssd_cin_assessments.cina_assessment_outcome_nfa || '}'
    ) as detail,
    ssd_cin_assessments.cina_assessment_id as record_id,
    ssd_cin_assessments.cina_assessment_worker_id as worker
from ssd_cin_assessments
inner join asked_child on asked_child.child_id = ssd_cin_assessments.cina_person_id
union all
select
    210 as step,
    ssd_cin_episodes.cine_close_date as day,
    null as until,
    'referral closed' as what,
    '{cin.ReasonForClosure:' || ssd_cin_episodes.cine_close_reason || '}' as detail,
    ssd_cin_episodes.cine_referral_id as record_id,
    ssd_cin_episodes.cine_referral_worker_id as worker
from ssd_cin_episodes
inner join asked_child on asked_child.child_id = ssd_cin_episodes.cine_person_id
