-- title: Section 47 enquiries completed within 15 working days
-- id: T10
-- question: Are enquiries completed in time?
-- grain: one row per section 47 enquiry of a child
-- calc: percent
-- better: high
-- clock: {from: "start of the enquiry (day 0)", to: end of the enquiry, unit: working days, standard: enquiry_working_days}
-- views: [finished, due]
-- periods: [six_months]
-- needs: [ssd_s47_enquiry]
-- sources: ["local standard, from the limit for the initial conference; an enquiry that ended without one counts"]
-- used_by: [pack]
select
    enquiry.enquiry_id as member_key,
    enquiry.child_id,
    enquiry.team_id,
    enquiry.start_date as clock_start,
    enquiry.end_date as clock_stop
from enquiry
