-- title: Contacts decided within one working day
-- id: T01
-- question: Does the front door decide within one working day?
-- grain: one row per contact
-- calc: percent
-- better: high
-- clock: {from: "contact_date (day 0)", to: decision date, unit: working days, standard: contact_decision_working_days}
-- views: [finished, due]
-- periods: [month, six_months]
-- needs: [ssd_contacts, contact_decision]
-- sources: ["Working Together to Safeguard Children 2023: a decision on the next steps within one working day"]
-- used_by: [pack]
select
    contact.contact_id as member_key,
    contact.child_id,
    contact.contact_date as clock_start,
    contact.decided_date as clock_stop
from contact
