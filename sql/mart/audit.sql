-- title: Case audits with their final grade
-- grain: one row per audit
-- key: [audit_id]
-- sources: ["input contract, case_audit", "catalogue S11: a moderated grade is the final one; the same child again within six months is a re-audit"]
with graded as (
    select
        case_audit.audit_id,
        case_audit.person_id as child_id,
        case_audit.team_id,
        coalesce(topic.code, case_audit.topic) as topic,
        case_audit.planned_date,
        case_audit.completed_date,
        case_audit.cancel_reason is not null and case_audit.completed_date is null as is_cancelled,
        coalesce(first_grade.code, case_audit.grade) as first_grade,
        coalesce(case_audit.moderated, case_audit.moderated_grade is not null) as is_moderated,
        coalesce(second_grade.code, case_audit.moderated_grade) as moderated_grade,
        coalesce(agreed.code, case_audit.decision_agreed) as decision_agreed,
        lag(case_audit.completed_date) over (
            partition by case_audit.person_id order by case_audit.completed_date, case_audit.audit_id
        ) as completed_before
    from case_audit
    left join code_alias as topic
        on topic.code_list = 'local.case_audit.topic' and topic.alias = lower(case_audit.topic)
    left join code_alias as first_grade
        on first_grade.code_list = 'local.case_audit.grade' and first_grade.alias = lower(case_audit.grade)
    left join code_alias as second_grade
        on second_grade.code_list = 'local.case_audit.grade' and second_grade.alias = lower(case_audit.moderated_grade)
    left join code_alias as agreed
        on agreed.code_list = 'local.yes_no_na' and agreed.alias = lower(case_audit.decision_agreed)
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
