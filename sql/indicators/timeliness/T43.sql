-- title: Return interviews graded good or better
-- id: T43
-- question: How good are return interviews?
-- grain: one row per audit of a return interview completed in the period
-- calc: [percent, count]
-- better: high
-- least_base: 10
-- periods: [six_months]
-- bands: {codes: local.case_audit.grade}
-- needs: [case_audit]
-- sources: ["local audit programme; the grade after moderation counts"]
-- used_by: [pack]
with audited as (
    select
        period.period_kind,
        period.period_end,
        case_audit.audit_id,
        case_audit.person_id,
        case_audit.team_id,
        coalesce(case_audit.moderated_grade, case_audit.grade) as said,
        grade.code as grade
    from period
    inner join case_audit on case_audit.completed_date between period.period_start and period.as_at
    left join code as grade
        on grade.code_list = 'local.case_audit.grade'
        and grade.code = coalesce(case_audit.moderated_grade, case_audit.grade)
    where case_audit.topic = 'rhi'
)

select
    audited.period_kind,
    audited.period_end,
    audited.audit_id as member_key,
    audited.person_id as child_id,
    audited.team_id,
    case when audited.grade in ('outstanding', 'good') then 1 else 0 end as numerator,
    1 as denominator,
    coalesce(audited.grade, case when audited.said is null then 'not recorded' else 'unknown code' end) as band
from audited
