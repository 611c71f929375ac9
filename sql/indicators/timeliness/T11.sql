-- title: Initial conference within 15 working days
-- id: T11
-- question: Does the conference follow within three weeks?
-- grain: one row per initial conference of a child, without transfers in
-- calc: percent
-- better: high
-- clock: {from: "start of the section 47 enquiry (day 0)", to: conference_date, unit: working days, standard: conference_working_days}
-- views: [finished, due]
-- periods: [six_months, three_months, year]
-- needs: [ssd_initial_cp_conference, ssd_s47_enquiry]
-- sources: ["Working Together to Safeguard Children 2023: initial conference within 15 working days of the strategy discussion"]
-- used_by: [pack, councillors_report]
select
    conference.conference_id as member_key,
    conference.child_id,
    conference.team_id,
    conference.enquiry_date as clock_start,
    conference.conference_date as clock_stop
from conference
where not conference.is_transfer_in and conference.enquiry_date is not null
