-- title: Improvement actions on time
-- id: S02
-- question: Do we do what we promised, when we promised it?
-- grain: one row per improvement action
-- calc: percent
-- better: high
-- target: 100
-- clock: {from: inspection, to: action done date, unit: days, standard: the date first set}
-- views: [due]
-- periods: [month]
-- needs: [improvement_action]
-- sources: ["catalogue S02: a due date that was changed is not used; the original one is kept"]
-- used_by: [pack, members_report]
select
    improvement_action.action_id as member_key,
    -- Nobody records when an action began, and none is left out because it was done before its plan.
    least(finding.inspection_start, improvement_action.due_date_original, improvement_action.done_date) as clock_start,
    improvement_action.due_date_original as due_at,
    improvement_action.done_date as clock_stop,
    null::numeric as measure
from improvement_action
left join finding on finding.finding_id = improvement_action.finding_id
