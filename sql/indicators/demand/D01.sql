-- title: Contacts
-- id: D01
-- question: How many contacts come to the front door?
-- grain: one row per contact of a child in the period
-- calc: [count, rate]
-- better: neither
-- periods: [six_months, three_months, year]
-- bands: [child already open]
-- needs: [ssd_contacts]
-- sources: ["Annex A list 1; contacts of one child, day and source are one"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    contact_referral.contact_id as member_key,
    contact_referral.child_id,
    1 as numerator,
    case when contact_referral.is_already_open then 'child already open' end as band
from period
inner join contact_referral on contact_referral.contact_date between period.period_start and period.as_at
