-- title: Referrals
-- id: D03
-- question: How many children are referred to us?
-- grain: one row per referral in the period
-- calc: [count, rate]
-- better: neither
-- periods: [six_months, three_months, year]
-- needs: [ssd_cin_episodes]
-- sources: ["CIN census: referrals, not counting those made while another one of the child is open"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    referral.referral_id as member_key,
    referral.child_id,
    referral.team_id,
    1 as numerator
from period
inner join referral on referral.referral_date between period.period_start and period.as_at
where not referral.is_inside_open_referral
