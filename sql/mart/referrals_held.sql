-- title: How far back referrals are held
-- grain: one row with the day of the first referral, none where no referral is held
-- key: [first_referral_date]
-- sources: ["catalogue D05: re-referrals are told over 12 months, so of the first 12 months held they are too few"]
select min(referral.referral_date) as first_referral_date
from referral
having count(*) > 0
