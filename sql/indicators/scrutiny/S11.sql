-- title: Audit grades
-- id: S11
-- question: How good is practice?
-- grain: one row per audit completed in the period
-- calc: [percent, count]
-- better: high
-- periods: [three_months]
-- bands: [outstanding, good, requires_improvement, inadequate, unknown code, not recorded, audited again within six months]
-- needs: [case_audit]
-- sources: ["ILACS grade descriptors", "catalogue S11: the final grade; the percentage of graded audits that are good or better"]
-- used_by: [pack, councillors_report]
select
    period.period_kind,
    period.period_end,
    audit.audit_id as member_key,
    audit.child_id,
    audit.team_id,
    case when audit.final_grade in ('outstanding', 'good') then 1 else 0 end as numerator,
    case when audit.final_grade is not null then 1 end as denominator,
    array_remove(
        array[
            case
                when audit.final_grade is null then 'not recorded'
                when audit.final_grade in ('outstanding', 'good', 'requires_improvement', 'inadequate') then audit.final_grade
                else 'unknown code'
            end,
            case when audit.is_reaudit then 'audited again within six months' end
        ],
        null
    ) as bands
from period
inner join audit on audit.completed_date between period.period_start and period.as_at
