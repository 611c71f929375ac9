-- title: Offers of an advocate and what came of them
-- grain: one row per offer
-- key: [offer_id]
-- sources: ["Children Act 1989, section 26A", "catalogue S21 and convention K02"]
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
