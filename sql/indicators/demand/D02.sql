-- title: Contacts that become referrals
-- id: D02
-- question: How many contacts lead to a referral?
-- grain: one row per contact on a child whose case was not open
-- calc: percent
-- better: neither
-- periods: [six_months, three_months, year]
-- bands: [flag without a referral, referral against the flag]
-- needs: [ssd_contacts, ssd_cin_episodes]
-- sources: ["catalogue D02: the flag of the contact, or else a referral within one working day"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    contact_referral.contact_id as member_key,
    contact_referral.child_id,
    case
        when contact_referral.is_new_referral = 'Y' then 1
        when contact_referral.is_new_referral = 'N' then 0
        when contact_referral.referral_date <= period.as_at then 1
        else 0
    end as numerator,
    1 as denominator,
    case
        when contact_referral.is_new_referral = 'Y' and (contact_referral.referral_date is null or contact_referral.referral_date > period.as_at)
            then 'flag without a referral'
        when contact_referral.is_new_referral = 'N' and contact_referral.referral_date <= period.as_at then 'referral against the flag'
    end as band
from period
inner join contact_referral on contact_referral.contact_date between period.period_start and period.as_at
where not contact_referral.is_already_open
