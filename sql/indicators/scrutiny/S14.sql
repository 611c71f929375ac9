-- title: Assessments audited as good or better
-- id: S14
-- question: How good are our assessments?
-- grain: one row per audit of an assessment completed in the period and graded
-- calc: [percent, count]
-- better: high
-- periods: [three_months]
-- bands: [outstanding, good, requires_improvement, inadequate]
-- least_base: 10
-- needs: [case_audit]
-- sources: ["catalogue S14: the final grade; no percentage for fewer than ten"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    audit.audit_id as member_key,
    audit.child_id,
    audit.team_id,
    case when audit.final_grade in ('outstanding', 'good') then 1 else 0 end as numerator,
    1 as denominator,
    audit.final_grade as band
from period
inner join audit on audit.completed_date between period.period_start and period.as_at
where audit.topic = 'assessment' and audit.final_grade is not null
