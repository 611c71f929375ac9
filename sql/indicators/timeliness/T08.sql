-- title: From the referral to the child being seen
-- id: T08
-- question: How soon does somebody meet the child?
-- grain: one row per referral of a born child with an assessment in the period, if the child was seen or should have been by now
-- calc: [median, percent]
-- better: low
-- periods: [six_months]
-- needs: [ssd_cin_episodes, ssd_cin_assessments, ssd_cin_visits]
-- sources: ["local standard first_seen_working_days; visits in which the child was seen, on the day of the referral or later"]
-- used_by: [pack]
with assessed as (
    select distinct
        period.period_kind,
        period.period_end,
        period.as_at,
        referral_record.referral_id
    from period
    -- An assessment is in the period if it was open on one of its days.
    inner join assessment
        on assessment.start_date <= period.as_at
        and (assessment.authorised_date is null or assessment.authorised_date >= period.period_start)
    inner join referral_record on referral_record.record_id = assessment.referral_id
),

first_seen as (
    select
        referral.referral_id,
        min(visit.visit_date) as visit_date
    from referral
    inner join visit
        on visit.child_id = referral.child_id
        and visit.visit_date >= referral.referral_date
        and visit.visit_kind in ('need', 'protection')
        and visit.child_seen = 'Y'
    group by referral.referral_id
),

dated as (
    select
        assessed.period_kind,
        assessed.period_end,
        referral.referral_id,
        referral.child_id,
        referral.team_id,
        seen_day.working_day_no - referral_day.working_day_no as working_days,
        as_at_day.working_day_no - referral_day.working_day_no as working_days_so_far,
        referral_day.working_day_no + standard.number_value as due_working_day_no,
        standard.number_value as allowed
    from assessed
    inner join referral on referral.referral_id = assessed.referral_id and referral.referral_date <= assessed.as_at
    inner join calendar_day as referral_day on referral_day.day = referral.referral_date
    inner join calendar_day as as_at_day on as_at_day.day = assessed.as_at
    inner join parameter as standard
        on standard.name = 'first_seen_working_days'
        and standard.valid_from <= referral.referral_date
        and (standard.valid_to is null or standard.valid_to > referral.referral_date)
    left join child on child.child_id = referral.child_id
    left join first_seen on first_seen.referral_id = referral.referral_id
    left join calendar_day as seen_day on seen_day.day = first_seen.visit_date and seen_day.day <= assessed.as_at
    where not coalesce(child.birth_date > referral.referral_date, child.expected_birth_date is not null, false)
)

select
    dated.period_kind,
    dated.period_end,
    dated.referral_id as member_key,
    dated.child_id,
    dated.team_id,
    case when dated.working_days <= dated.allowed then 1 else 0 end as numerator,
    1 as denominator,
    dated.working_days as measure,
    due_day.day as due_date
from dated
left join calendar_day as due_day on due_day.is_working_day and due_day.working_day_no = dated.due_working_day_no
-- A child who may still be seen in time is undecided.
where dated.working_days is not null or dated.working_days_so_far > dated.allowed
