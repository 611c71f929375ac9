-- title: Which referral each record of one is counted as
-- grain: one row per episode record with a child and a referral date
-- key: [record_id]
-- sources: ["catalogue D05: several records of a child on one day are one referral, under the lowest of their ids"]
select
    ssd_cin_episodes.cine_referral_id as record_id,
    referral.referral_id,
    referral.child_id,
    referral.referral_date
from ssd_cin_episodes
inner join referral
    on referral.child_id = ssd_cin_episodes.cine_person_id and referral.referral_date = ssd_cin_episodes.cine_referral_date
