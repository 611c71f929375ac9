-- title: Referral to allocation
-- id: C10
-- question: How fast does a child get a named worker?
-- grain: one row per referral of the period that went on to assessment, with the working days to the first social worker
-- calc: [median, percent]
-- better: low
-- periods: [six_months]
-- needs: [ssd_cin_episodes, ssd_cin_assessments, ssd_involvements]
-- sources: ["catalogue C10 and convention K02; local standard of one working day"]
-- used_by: [pack]
with first_worker as (
    select
        referral_record.referral_id,
        min(allocation.start_date) as start_date,
        (array_agg(allocation.team_id order by allocation.start_date asc, allocation.involvement_id asc))[1] as team_id
    from allocation
    inner join ssd_involvements on ssd_involvements.invo_involvements_id = allocation.involvement_id
    inner join referral_record on referral_record.record_id = ssd_involvements.invo_referral_id
    where allocation.is_social_worker
    group by referral_record.referral_id
),

dated as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        referral.referral_id,
        referral.child_id,
        referral.referral_date,
        first_worker.team_id,
        case when first_worker.start_date <= period.as_at then first_worker.start_date end as start_date
    from period
    inner join referral on referral.referral_date between period.period_start and period.as_at
    left join first_worker on first_worker.referral_id = referral.referral_id
    where
        exists (
            select 1
            from assessment
            where assessment.referral_id = referral.referral_id
        )
)

select
    dated.period_kind,
    dated.period_end,
    dated.referral_id as member_key,
    dated.child_id,
    dated.team_id,
    case when start_day.working_day_no - referral_day.working_day_no <= 1 then 1 else 0 end as numerator,
    1 as denominator,
    -- A worker allocated before the referral counts as 0 days.
    case when start_day.day is not null then greatest(0, start_day.working_day_no - referral_day.working_day_no) end as measure
from dated
inner join calendar_day as referral_day on referral_day.day = dated.referral_date
inner join calendar_day as as_at_day on as_at_day.day = dated.as_at
left join calendar_day as start_day on start_day.day = dated.start_date
-- A child who may still get a worker in time is undecided.
where dated.start_date is not null or as_at_day.working_day_no - referral_day.working_day_no > 1
