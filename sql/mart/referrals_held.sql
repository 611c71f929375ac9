-- title: How far back referral records go
-- grain: one row; no row if there are no referrals
-- key: [first_referral_date]
-- sources: ["catalogue D05: re-referrals are told over 12 months, so of the first 12 months held they are too few"]
-- columns:
--   first_referral_date: Day of the first referral on record
select min(referral.referral_date) as first_referral_date
from referral
having count(*) > 0
