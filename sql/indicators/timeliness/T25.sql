-- title: Children whose care reviews were all on time
-- id: T25
-- question: How many children had all reviews on time?
-- grain: one row per child in care at the date, for 20 working days or more
-- calc: percent
-- better: high
-- target: 100
-- periods: [year]
-- needs: [ssd_cla_episodes, ssd_cla_reviews]
-- sources:
--   - "Care Planning Regulations 2010, regulation 33; one late review fails the child; a review due before the period counts only while it has not been held"
-- used_by: [pack]
with in_care as (
    select
        period.period_kind,
        period.period_start,
        period.period_end,
        period.as_at,
        care_period.child_id,
        care_period.first_day
    from period
    inner join care_period
        on care_period.first_day <= period.as_at
        and (care_period.end_date is null or care_period.end_date > period.as_at)
    inner join calendar_day as as_at_day on as_at_day.day = period.as_at
    inner join calendar_day as first_day on first_day.day = care_period.first_day
    inner join parameter as standard
        on standard.name = 'care_first_review_working_days'
        and standard.valid_from <= care_period.first_day
        and (standard.valid_to is null or standard.valid_to > care_period.first_day)
    where as_at_day.working_day_no - first_day.working_day_no >= standard.number_value
)

select
    in_care.period_kind,
    in_care.period_end,
    in_care.child_id as member_key,
    in_care.child_id,
    case
        when
            bool_or(
                case
                    when care_review_due.due_date > in_care.as_at then false
                    when coalesce(care_review_due.held_date > in_care.as_at, care_review_due.held_date is null)
                        then care_review_due.due_date < in_care.as_at
                    else care_review_due.due_date >= in_care.period_start and not care_review_due.is_in_time
                end
            )
            then 0
        else 1
    end as numerator,
    1 as denominator,
    -- The review that is outstanding at the date.
    max(care_review_due.due_date) filter (
        where coalesce(care_review_due.held_date > in_care.as_at, care_review_due.held_date is null)
    ) as due_date
from in_care
left join care_review_due
    on care_review_due.child_id = in_care.child_id
    and care_review_due.care_first_day = in_care.first_day
    and care_review_due.start_date <= in_care.as_at
    -- A review held before the period was due before it or held early.
    and (care_review_due.held_date is null or care_review_due.held_date >= in_care.period_start)
group by in_care.period_kind, in_care.period_end, in_care.child_id
