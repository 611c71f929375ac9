-- title: Contacts at the front door
-- grain: one row per contact; contacts of one child, day and source are merged under the lowest id
-- key: [contact_id]
-- sources: ["Annex A list 1", "catalogue D01 and D02, convention K10", "docs/conventions.md: which record counts"]
-- columns:
--   contact_id: Contact; the lowest id of the merged records
--   child_id: The child; null if not recorded
--   contact_date: Day of the contact
--   source: Code of who made the contact; null if not recorded
--   is_new_referral: Y if the contact led to a new referral, N if not; null if not recorded
--   is_existing_referral: Y if it belongs to an open referral, N if not; null if not recorded
--   decided_date: Day of the decision on the contact; null if not recorded
--   outside_time_reason: Reason for a late decision, as recorded; null if not recorded
with recorded as (
    select
        ssd_contacts.cont_contact_id,
        ssd_contacts.cont_person_id,
        ssd_contacts.cont_contact_date,
        ssd_contacts.cont_contact_source_code,
        -- Values inside JSON are not columns of the contract, so they are read here.
        lower(btrim(ssd_contacts.cont_contact_outcome_json ->> 'NEW_REFERRAL_FLAG', E' \t\u00a0')) as new_referral,
        lower(btrim(ssd_contacts.cont_contact_outcome_json ->> 'EXISTING_REFERRAL_FLAG', E' \t\u00a0')) as existing_referral,
        contact_decision.decided_at,
        contact_decision.outside_time_reason,
        row_number() over (
            order by contact_decision.source_updated_at nulls first, ssd_contacts.cont_contact_id
        ) as recorded_no
    from ssd_contacts
    left join contact_decision on contact_decision.contact_id = ssd_contacts.cont_contact_id
    where ssd_contacts.cont_contact_date is not null
)

select
    min(recorded.cont_contact_id) as contact_id,
    recorded.cont_person_id as child_id,
    recorded.cont_contact_date as contact_date,
    recorded.cont_contact_source_code as source,
    (
        array_agg(case when recorded.new_referral in ('y', 'yes', 'true', 't', '1') then 'Y' else 'N' end order by recorded.recorded_no desc)
        filter (where recorded.new_referral in ('y', 'yes', 'true', 't', '1', 'n', 'no', 'false', 'f', '0'))
    )[1] as is_new_referral,
    (
        array_agg(
            case when recorded.existing_referral in ('y', 'yes', 'true', 't', '1') then 'Y' else 'N' end order by recorded.recorded_no desc
        )
        filter (where recorded.existing_referral in ('y', 'yes', 'true', 't', '1', 'n', 'no', 'false', 'f', '0'))
    )[1] as is_existing_referral,
    (
        (array_agg(recorded.decided_at order by recorded.recorded_no desc) filter (where recorded.decided_at is not null))[1]
        at time zone 'Europe/London'
    )::date as decided_date,
    (
        array_agg(recorded.outside_time_reason order by recorded.recorded_no desc)
        filter (where recorded.outside_time_reason is not null)
    )[1] as outside_time_reason
from recorded
group by
    recorded.cont_person_id,
    recorded.cont_contact_date,
    recorded.cont_contact_source_code,
    -- Contacts without a child are not merged.
    case when recorded.cont_person_id is null then recorded.cont_contact_id end
