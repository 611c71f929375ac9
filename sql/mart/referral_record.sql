-- title: The referral to which each record is merged
-- grain: one row per episode record with a child and a referral date
-- key: [record_id]
-- sources: ["catalogue D05: records of a child on one day are one referral, under the lowest id"]
-- columns:
--   record_id: Episode record (cine_referral_id)
--   referral_id: Referral to which the record is merged, as in referral
--   child_id: The child, as in child
--   referral_date: Day of the referral
select
    ssd_cin_episodes.cine_referral_id as record_id,
    referral.referral_id,
    referral.child_id,
    referral.referral_date
from ssd_cin_episodes
inner join referral
    on referral.child_id = ssd_cin_episodes.cine_person_id and referral.referral_date = ssd_cin_episodes.cine_referral_date
