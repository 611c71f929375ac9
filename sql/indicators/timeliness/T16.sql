-- title: Children on a plan all of whose reviews were in time
-- id: T16
-- question: Can every protected child count on the next review?
-- grain: one row per child on a protection plan for three months or more at the date
-- calc: percent
-- better: high
-- target: 100
-- periods: [year, snapshot]
-- needs: [ssd_cp_reviews, ssd_cp_plans]
-- sources: ["CIN statistics: reviews within the required timescales in the year, none overdue at its end"]
-- used_by: [pack]
with asked as (
    select
        period.period_kind,
        period.period_end,
        cp_plan.child_id,
        -- Held late in the year, or overdue now; a review due on the day is not overdue.
        coalesce(
            bool_or(
                cp_review_due.held_date > cp_review_due.due_date
                and cp_review_due.held_date <= period.as_at
                and cp_review_due.due_date > (period.as_at - interval '12 months')::date
            ),
            false
        ) as was_late,
        coalesce(
            bool_or(
                cp_review_due.due_date < period.as_at
                and (cp_review_due.held_date is null or cp_review_due.held_date > period.as_at)
            ),
            false
        ) as is_overdue,
        min(cp_review_due.due_date) filter (
            where cp_review_due.held_date is null or cp_review_due.held_date > period.as_at
        ) as due_date
    from period
    inner join cp_plan
        on (cp_plan.start_date + interval '3 months')::date <= period.as_at
        and (cp_plan.end_date is null or cp_plan.end_date > period.as_at)
    left join cp_review_due on cp_review_due.plan_id = cp_plan.plan_id and cp_review_due.from_date <= period.as_at
    where not cp_plan.is_other_authority
    group by period.period_kind, period.period_end, cp_plan.child_id
)

select
    asked.period_kind,
    asked.period_end,
    asked.child_id as member_key,
    asked.child_id,
    case when asked.was_late or asked.is_overdue then 0 else 1 end as numerator,
    1 as denominator,
    asked.due_date
from asked
