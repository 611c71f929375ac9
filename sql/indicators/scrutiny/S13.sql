-- title: Audit actions done on time
-- id: S13
-- question: Are the actions from audits done on time?
-- grain: one row per action that an audit asked for
-- calc: percent
-- better: high
-- target: 90
-- clock: {from: audit completed, to: action done date, unit: days, standard: the date set}
-- views: [due]
-- periods: [month]
-- needs: [audit_action]
-- sources: ["catalogue S13 and conventions K06 and K07"]
-- used_by: [pack]
select
    audit_action.action_id as member_key,
    audit.child_id,
    audit.team_id,
    -- Actions done before the audit was completed are included.
    least(audit.completed_date, audit_action.due_date, audit_action.done_date) as clock_start,
    audit_action.due_date as due_at,
    audit_action.done_date as clock_stop,
    null::numeric as measure
from audit_action
left join audit on audit.audit_id = audit_action.audit_id
