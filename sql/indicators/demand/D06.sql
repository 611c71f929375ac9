-- title: Referrals with no further action
-- id: D06
-- question: How many referrals go no further?
-- grain: one row per referral in the period
-- calc: percent
-- better: neither
-- periods: [six_months, three_months, year]
-- bands: [not decided after a working day]
-- needs: [ssd_cin_episodes]
-- sources: ["CIN census: referral with no further action; not recorded means undecided"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    referral.referral_id as member_key,
    referral.child_id,
    referral.team_id,
    case when referral.is_no_further_action then 1 else 0 end as numerator,
    1 as denominator,
    case
        when not referral.is_decided and as_at_day.working_day_no - referral_day.working_day_no > 1
            then 'not decided after a working day'
    end as band
from period
inner join calendar_day as as_at_day on as_at_day.day = period.as_at
inner join referral on referral.referral_date between period.period_start and period.as_at
left join calendar_day as referral_day on referral_day.day = referral.referral_date
where not referral.is_inside_open_referral
