-- title: Section 47 enquiries
-- grain: one row per child and enquiry that has begun
-- key: [enquiry_id]
-- sources: ["CIN census: section 47 enquiries", "catalogue D14 and convention K10: two enquiries on one day are two"]
-- columns:
--   enquiry_id: Enquiry (ssd_s47_enquiry)
--   child_id: The child; null if not recorded
--   referral_id: Referral record of the enquiry; null if not recorded
--   team_id: Team that enquired; null if not recorded
--   start_date: Day the enquiry began
--   end_date: Day the enquiry ended; null if it is open
--   no_further_action: Whether it ended without further action, as recorded; null if not recorded
select
    ssd_s47_enquiry.s47e_s47_enquiry_id as enquiry_id,
    ssd_s47_enquiry.s47e_person_id as child_id,
    ssd_s47_enquiry.s47e_referral_id as referral_id,
    ssd_s47_enquiry.s47e_s47_completed_by_team as team_id,
    ssd_s47_enquiry.s47e_s47_start_date as start_date,
    ssd_s47_enquiry.s47e_s47_end_date as end_date,
    ssd_s47_enquiry.s47e_s47_nfa as no_further_action
from ssd_s47_enquiry
where ssd_s47_enquiry.s47e_s47_start_date is not null
