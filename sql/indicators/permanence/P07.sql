-- title: Permanence plans found good or better
-- id: P07
-- question: Are the plans good enough?
-- grain: one row per graded audit of a permanence plan completed in the period
-- calc: [percent, count]
-- better: high
-- periods: [six_months]
-- least_base: 10
-- needs: [case_audit]
-- sources: ["ILACS grade descriptors", "catalogue P07: the moderated grade is the final one; no percentage for fewer than ten"]
-- used_by: [pack]
with graded as (
    select
        case_audit.audit_id,
        case_audit.person_id as child_id,
        case_audit.team_id,
        case_audit.completed_date,
        coalesce(case_audit.moderated_grade, case_audit.grade) as grade
    from case_audit
    where case_audit.topic = 'permanence' and case_audit.cancel_reason is null
)

select
    period.period_kind,
    period.period_end,
    graded.audit_id as member_key,
    graded.child_id,
    graded.team_id,
    case when graded.grade in ('outstanding', 'good') then 1 else 0 end as numerator,
    1 as denominator
from period
inner join graded on graded.completed_date between period.period_start and period.as_at
where graded.grade is not null
