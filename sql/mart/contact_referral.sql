-- title: Contacts, whether the case was open before, and the referral that followed
-- grain: one row per contact
-- key: [contact_id]
-- sources: ["catalogue D01 and D02, conventions K02 and K18"]
-- columns:
--   contact_id: Contact, as in contact
--   child_id: The child; null if not recorded
--   contact_date: Day of the contact
--   is_new_referral: Y if the contact led to a new referral, N if not; null if not recorded
--   is_already_open: True if a case of the child was open before the contact
--   referral_date: Day of the first referral within the working days of contact_referral_working_days; null if none
with open_before as (
    select contact.contact_id
    from contact
    inner join referral
        on referral.child_id = contact.child_id
        and referral.referral_date < contact.contact_date
        and (referral.close_date is null or referral.close_date > contact.contact_date)
    where not referral.is_no_further_action
    group by contact.contact_id
),

followed as (
    select
        contact.contact_id,
        min(referral.referral_date) as referral_date
    from contact
    inner join referral
        on referral.child_id = contact.child_id
        and referral.referral_date >= contact.contact_date
    inner join calendar_day as contact_day on contact_day.day = contact.contact_date
    inner join calendar_day as referral_day on referral_day.day = referral.referral_date
    inner join parameter as standard
        on standard.name = 'contact_referral_working_days'
        and standard.valid_from <= contact.contact_date
        and (standard.valid_to is null or standard.valid_to > contact.contact_date)
    where referral_day.working_day_no - contact_day.working_day_no <= standard.number_value
    group by contact.contact_id
)

select
    contact.contact_id,
    contact.child_id,
    contact.contact_date,
    contact.is_new_referral,
    -- A contact marked as a new referral means that no case was open.
    open_before.contact_id is not null
    or (coalesce(contact.is_existing_referral = 'Y', false) and coalesce(contact.is_new_referral <> 'Y', true))
        as is_already_open,
    followed.referral_date
from contact
left join open_before on open_before.contact_id = contact.contact_id
left join followed on followed.contact_id = contact.contact_id
