-- title: How far back referral records go
-- grain: one row; no row if there are no referrals
-- key: [first_referral_date]
-- sources: ["catalogue D05: re-referrals look back 12 months, so they are too low in the first 12 months of records"]
-- columns:
--   first_referral_date: Day of the first referral on record
select min(referral.referral_date) as first_referral_date
from referral
having count(*) > 0
