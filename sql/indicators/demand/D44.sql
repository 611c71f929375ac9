-- title: Disabled children with an up-to-date assessment
-- id: D44
-- question: Do we know what disabled children need now?
-- grain: one row per disabled child whose case has been open for 12 months at the date
-- calc: percent
-- better: high
-- target: 100
-- periods: [snapshot]
-- needs: [ssd_disability, ssd_cin_episodes, ssd_cin_assessments]
-- sources: ["local standard: an assessment authorised in the last 12 months"]
-- used_by: [pack]
with open_case as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        need_episode.child_id,
        max(need_episode.team_id) as team_id,
        min(need_episode.referral_date) as referral_date
    from period
    inner join need_episode
        on need_episode.referral_date <= period.as_at
        and (need_episode.close_date is null or need_episode.close_date > period.as_at)
    inner join child on child.child_id = need_episode.child_id
    where child.is_disabled and not need_episode.is_not_in_need
    group by period.period_kind, period.period_end, period.as_at, need_episode.child_id
),

assessed as (
    select
        open_case.period_kind,
        open_case.period_end,
        open_case.as_at,
        open_case.child_id,
        open_case.team_id,
        open_case.referral_date,
        max(assessment.authorised_date) as authorised_date
    from open_case
    left join assessment
        on assessment.child_id = open_case.child_id
        and assessment.authorised_date <= open_case.as_at
        and (assessment.start_date is null or assessment.authorised_date >= assessment.start_date)
    where (open_case.referral_date + interval '12 months')::date <= open_case.as_at
    group by
        open_case.period_kind,
        open_case.period_end,
        open_case.as_at,
        open_case.child_id,
        open_case.team_id,
        open_case.referral_date
)

select
    assessed.period_kind,
    assessed.period_end,
    assessed.child_id as member_key,
    assessed.child_id,
    assessed.team_id,
    case when (assessed.authorised_date + interval '12 months')::date >= assessed.as_at then 1 else 0 end as numerator,
    1 as denominator,
    (coalesce(assessed.authorised_date, assessed.referral_date) + interval '12 months')::date as due_date
from assessed
