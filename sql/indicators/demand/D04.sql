-- title: Referrals by source
-- id: D04
-- question: Who refers children?
-- grain: one row per referral in the period
-- calc: count
-- better: neither
-- periods: [six_months, three_months, year]
-- bands: {codes: cin.ReferralSource}
-- needs: [ssd_cin_episodes]
-- sources: ["CIN census: referral source; an unknown code is shown separately, not as 'other'"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    referral.referral_id as member_key,
    referral.child_id,
    referral.team_id,
    1 as numerator,
    1 as denominator,
    case
        when referral.source is null then 'not recorded'
        else coalesce(source.code, 'unknown code')
    end as band
from period
inner join referral on referral.referral_date between period.period_start and period.as_at
left join code as source
    on source.code_list = 'cin.ReferralSource' and source.code = referral.source
where not referral.is_inside_open_referral
