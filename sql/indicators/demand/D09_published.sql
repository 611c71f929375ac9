-- title: Referrals after which a child was found not in need
-- id: D09_published
-- question: How many referrals does an assessment end?
-- grain: one row per referral in the year
-- calc: percent
-- better: neither
-- periods: [year]
-- needs: [ssd_cin_episodes]
-- sources: ["CIN statistics: referrals in the year closed after assessment as not in need (RC8); not the share of assessments, which is D09"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    referral.referral_id as member_key,
    referral.child_id,
    referral.team_id,
    case when need_episode.is_not_in_need and need_episode.close_date <= period.as_at then 1 else 0 end as numerator,
    1 as denominator
from period
inner join referral on referral.referral_date between period.period_start and period.as_at
left join need_episode on need_episode.referral_id = referral.referral_id
where not referral.is_inside_open_referral
