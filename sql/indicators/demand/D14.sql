-- title: Section 47 enquiries
-- id: D14
-- question: How often do we enquire into possible harm?
-- grain: one row per enquiry begun in the period
-- calc: [count, rate]
-- better: neither
-- periods: [six_months, three_months, year]
-- needs: [ssd_s47_enquiry]
-- sources: ["CIN census: section 47 enquiries, one per child, from the discussion that began it"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    enquiry.enquiry_id as member_key,
    enquiry.child_id,
    enquiry.team_id,
    1 as numerator
from period
inner join enquiry on enquiry.start_date between period.period_start and period.as_at
