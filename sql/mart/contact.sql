-- title: Contacts at the front door
-- grain: one row per contact of a child; contacts of one child, day and source are one
-- key: [contact_id]
-- sources: ["Annex A list 1", "catalogue D01 and D02, convention K10"]
select distinct on (
    ssd_contacts.cont_person_id, ssd_contacts.cont_contact_date, lower(ssd_contacts.cont_contact_source_code)
)
    ssd_contacts.cont_contact_id as contact_id,
    ssd_contacts.cont_person_id as child_id,
    ssd_contacts.cont_contact_date as contact_date,
    coalesce(source.code, ssd_contacts.cont_contact_source_code) as source,
    new_referral.code as is_new_referral,
    existing_referral.code as is_existing_referral,
    (contact_decision.decided_at at time zone 'Europe/London')::date as decided_date,
    contact_decision.outside_time_reason
from ssd_contacts
left join contact_decision on contact_decision.contact_id = ssd_contacts.cont_contact_id
left join code_alias as source
    on source.code_list = 'cin.ReferralSource' and source.alias = lower(ssd_contacts.cont_contact_source_code)
left join code_alias as new_referral
    on new_referral.code_list = 'local.yes_no'
    and new_referral.alias = lower(ssd_contacts.cont_contact_outcome_json ->> 'NEW_REFERRAL_FLAG')
left join code_alias as existing_referral
    on existing_referral.code_list = 'local.yes_no'
    and existing_referral.alias = lower(ssd_contacts.cont_contact_outcome_json ->> 'EXISTING_REFERRAL_FLAG')
where ssd_contacts.cont_contact_date is not null
order by
    ssd_contacts.cont_person_id asc,
    ssd_contacts.cont_contact_date asc,
    lower(ssd_contacts.cont_contact_source_code) asc,
    ssd_contacts.cont_contact_id asc
