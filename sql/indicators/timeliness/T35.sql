-- title: Strengths and difficulties questionnaire returned
-- id: T35
-- question: Do we know how children in care feel, and how many give cause for concern?
-- grain: one row per child aged 5 to 16 in care at the end of the year without a break for 12 months or more
-- calc: [percent, mean, cause_for_concern]
-- figures: {cause_for_concern: "100.0 * count(*) filter (where measure >= 17) / nullif(count(measure), 0)"}
-- better: high
-- target: 100
-- periods: [year]
-- needs: [ssd_cla_episodes, ssd_sdq_scores]
-- sources: ["SSDA903 OC2 cohort, ages as published since 2024; 17 or more is a cause for concern", "a score outside 0 to 40 is ignored"]
-- used_by: [pack]
with returned as (
    select
        ssd_sdq_scores.csdq_table_id as score_id,
        ssd_sdq_scores.csdq_person_id as child_id,
        ssd_sdq_scores.csdq_sdq_completed_date as completed_date,
        ssd_sdq_scores.csdq_sdq_reason as reason,
        case
            when trim(ssd_sdq_scores.csdq_sdq_score) ~ '^([0-9]|[1-3][0-9]|40)(\.0+)?$'
                then trim(ssd_sdq_scores.csdq_sdq_score)::numeric
        end as score
    from ssd_sdq_scores
    where ssd_sdq_scores.csdq_sdq_completed_date is not null
),

cohort as (
    select
        period.period_kind,
        period.period_start,
        period.period_end,
        period.as_at,
        care_period.child_id
    from period
    inner join care_period
        on (care_period.first_day + interval '12 months')::date <= period.as_at
        and (care_period.end_date is null or care_period.end_date > period.as_at)
    inner join child
        on child.child_id = care_period.child_id
        and child.fifth_birthday <= period.as_at
        and (child.birth_date + interval '17 years')::date > period.as_at
),

-- The newest score of the year, or else the newest reason for a missing one.
answered as (
    select distinct on (cohort.period_kind, cohort.period_end, cohort.child_id)
        cohort.period_kind,
        cohort.period_end,
        cohort.child_id,
        returned.score,
        returned.reason
    from cohort
    left join returned
        on returned.child_id = cohort.child_id
        and returned.completed_date between cohort.period_start and cohort.as_at
    order by
        cohort.period_kind asc, cohort.period_end asc, cohort.child_id asc, (returned.score is null) asc,
        returned.completed_date desc, returned.score_id desc
)

select
    answered.period_kind,
    answered.period_end,
    answered.child_id as member_key,
    answered.child_id,
    case when answered.score is not null then 1 else 0 end as numerator,
    1 as denominator,
    answered.score as measure
from answered
-- The return's reason: outside the ages of the questionnaire.
where answered.score is not null or answered.reason is null or answered.reason <> 'SDQ1'
