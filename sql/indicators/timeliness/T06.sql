-- title: Open assessments past 45 working days
-- id: T06
-- question: Which families wait too long now?
-- grain: one row per assessment open at the date
-- calc: count
-- better: low
-- periods: [snapshot]
-- bands: [past the limit, due soon, due later]
-- needs: [ssd_cin_assessments]
-- sources:
--   - "Working Together to Safeguard Children 2023: from the start of the assessment; day 45 is still in time"
--   - "parameters assessment_working_days and due_soon_working_days"
-- used_by: [pack]
with waiting as (
    select
        period.period_kind,
        period.period_end,
        assessment.assessment_id,
        assessment.child_id,
        assessment.team_id,
        as_at_day.working_day_no - start_day.working_day_no as working_days,
        start_day.working_day_no + standard.number_value as due_working_day_no,
        standard.number_value as allowed,
        soon.number_value as soon
    from period
    inner join assessment
        on assessment.start_date <= period.as_at
        and (assessment.authorised_date is null or assessment.authorised_date > period.as_at)
        and (assessment.ended_date is null or assessment.ended_date > period.as_at)
    inner join calendar_day as start_day on start_day.day = assessment.start_date
    inner join calendar_day as as_at_day on as_at_day.day = period.as_at
    inner join parameter as standard
        on standard.name = 'assessment_working_days'
        and standard.valid_from <= assessment.start_date
        and (standard.valid_to is null or standard.valid_to > assessment.start_date)
    inner join parameter as soon
        on soon.name = 'due_soon_working_days'
        and soon.valid_from <= period.as_at
        and (soon.valid_to is null or soon.valid_to > period.as_at)
)

select
    waiting.period_kind,
    waiting.period_end,
    waiting.assessment_id as member_key,
    waiting.child_id,
    waiting.team_id,
    case when waiting.working_days > waiting.allowed then 1 else 0 end as numerator,
    1 as denominator,
    waiting.working_days as measure,
    due_day.day as due_date,
    case
        when waiting.working_days > waiting.allowed then 'past the limit'
        when waiting.working_days + waiting.soon >= waiting.allowed then 'due soon'
        else 'due later'
    end as band
from waiting
left join calendar_day as due_day
    on due_day.is_working_day and due_day.working_day_no = waiting.due_working_day_no
