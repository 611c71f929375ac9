-- title: Offers of an advocate and their results
-- grain: one row per offer
-- key: [offer_id]
-- sources: ["Children Act 1989, section 26A", "catalogue S21 and convention K02"]
-- columns:
--   offer_id: Record of the offer
--   child_id: The child, as in child
--   offered: Whether an advocate was offered, as recorded
--   offered_date: Day of the offer, or else of the referral; null if neither is recorded
--   accepted: Whether the child accepted, as recorded; null if not recorded
--   referred_date: Day of referral to the advocacy service; null if not referred
--   first_meeting_date: Day of the first meeting with the advocate; null if none yet
--   referred_working_day_no: Running number of the working day of the referral; null without a referral
--   working_days: Working days from referral to first meeting; null without a meeting or if it is before the referral
select
    advocacy_offer.offer_id,
    advocacy_offer.person_id as child_id,
    advocacy_offer.offered,
    coalesce(advocacy_offer.offered_date, advocacy_offer.referred_date) as offered_date,
    advocacy_offer.accepted,
    advocacy_offer.referred_date,
    advocacy_offer.first_meeting_date,
    referred_day.working_day_no as referred_working_day_no,
    case
        when advocacy_offer.first_meeting_date >= advocacy_offer.referred_date
            then meeting_day.working_day_no - referred_day.working_day_no
    end as working_days
from advocacy_offer
left join calendar_day as referred_day on referred_day.day = advocacy_offer.referred_date
left join calendar_day as meeting_day on meeting_day.day = advocacy_offer.first_meeting_date
