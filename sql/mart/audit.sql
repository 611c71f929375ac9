-- title: Case audits with their final grade
-- grain: one row per audit
-- key: [audit_id]
-- sources: ["input contract, case_audit", "catalogue S11: a moderated grade is the final one; the same child again within six months is a re-audit"]
-- columns:
--   audit_id: Audit
--   child_id: The child audited; null for an audit that is not about one child
--   team_id: Team audited; null if not recorded
--   topic: Subject of the audit, as recorded
--   planned_date: Day planned; null if not recorded
--   completed_date: Day completed; null if not completed
--   is_cancelled: True if it has a reason for cancellation and was not completed
--   first_grade: Grade before moderation; null if not graded
--   is_moderated: True if the grade was moderated
--   moderated_grade: Grade after moderation; null if not moderated
--   final_grade: "Grade that counts: the moderated one, or else the first"
--   decision_agreed: Whether the auditor agreed with the decisions; null if not recorded
--   is_reaudit: True if the same child was audited within the six months before
with graded as (
    select
        case_audit.audit_id,
        case_audit.person_id as child_id,
        case_audit.team_id,
        case_audit.topic,
        case_audit.planned_date,
        case_audit.completed_date,
        case_audit.cancel_reason is not null and case_audit.completed_date is null as is_cancelled,
        case_audit.grade as first_grade,
        coalesce(case_audit.moderated, case_audit.moderated_grade is not null) as is_moderated,
        case_audit.moderated_grade,
        case_audit.decision_agreed,
        lag(case_audit.completed_date) over (
            partition by case_audit.person_id order by case_audit.completed_date, case_audit.audit_id
        ) as completed_before
    from case_audit
)

select
    graded.audit_id,
    graded.child_id,
    graded.team_id,
    graded.topic,
    graded.planned_date,
    graded.completed_date,
    graded.is_cancelled,
    graded.first_grade,
    graded.is_moderated,
    graded.moderated_grade,
    case when graded.is_moderated then coalesce(graded.moderated_grade, graded.first_grade) else graded.first_grade end as final_grade,
    graded.decision_agreed,
    coalesce(
        graded.child_id is not null
        and (graded.completed_before + interval '6 months')::date >= graded.completed_date,
        false
    ) as is_reaudit
from graded
