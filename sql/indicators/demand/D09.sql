-- title: Assessments that end with no further action
-- id: D09
-- question: How often does an assessment lead to nothing more?
-- grain: one row per assessment authorised in the period, and one with the published percentage of referrals
-- calc: [percent, published]
-- figures: {published: "max(measure)"}
-- better: neither
-- periods: [six_months, year]
-- needs: [ssd_cin_assessments, ssd_cin_episodes]
-- sources: ["catalogue D09, the view of managers by assessment", "published: referrals in the year closed after assessment as not in need (RC8, RC9)"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    assessment.assessment_id as member_key,
    assessment.child_id,
    assessment.team_id,
    case when assessment.is_no_further_action then 1 else 0 end as numerator,
    1 as denominator,
    null::numeric as measure
from period
inner join assessment on assessment.authorised_date between period.period_start and period.as_at
where assessment.start_date is null or assessment.authorised_date >= assessment.start_date
union all
select
    period.period_kind,
    period.period_end,
    'published' as member_key,
    null as child_id,
    null as team_id,
    null as numerator,
    null as denominator,
    100.0 * count(*) filter (where need_episode.is_not_in_need and need_episode.close_date <= period.as_at) / count(*) as measure
from period
inner join referral on referral.referral_date between period.period_start and period.as_at
left join need_episode on need_episode.referral_id = referral.referral_id
where not referral.is_inside_open_referral
group by period.period_kind, period.period_end
