-- title: Audits whose grade moderation confirmed
-- id: S12
-- question: Do our auditors judge alike?
-- grain: one row per moderated audit completed in the period
-- calc: [percent, count]
-- better: high
-- target: 80
-- periods: [three_months]
-- bands: [same, higher after moderation, lower after moderation]
-- least_base: 10
-- needs: [case_audit]
-- sources: ["catalogue S12: no percentage for fewer than ten"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    audit.audit_id as member_key,
    audit.child_id,
    audit.team_id,
    case when audit.moderated_grade = audit.first_grade then 1 else 0 end as numerator,
    1 as denominator,
    case
        when audit.moderated_grade = audit.first_grade then 'same'
        when
            array_position(array['outstanding', 'good', 'requires_improvement', 'inadequate'], audit.moderated_grade)
            < array_position(array['outstanding', 'good', 'requires_improvement', 'inadequate'], audit.first_grade)
            then 'higher after moderation'
        when
            array_position(array['outstanding', 'good', 'requires_improvement', 'inadequate'], audit.moderated_grade)
            > array_position(array['outstanding', 'good', 'requires_improvement', 'inadequate'], audit.first_grade)
            then 'lower after moderation'
    end as band
from period
inner join audit on audit.completed_date between period.period_start and period.as_at
-- A comparison needs both grades.
where audit.is_moderated and audit.moderated_grade is not null and audit.first_grade is not null
