-- title: Improvement actions on time
-- id: S02
-- question: Are improvement actions done when planned?
-- grain: one row per improvement action
-- calc: percent
-- better: high
-- target: 100
-- clock: {from: inspection, to: action done date, unit: days, standard: the date first set}
-- views: [due]
-- periods: [month]
-- needs: [improvement_action]
-- sources: ["catalogue S02: the original due date counts, not a changed one"]
-- used_by: [pack, councillors_report]
select
    improvement_action.action_id as member_key,
    -- The start of an action is not recorded; actions done before they were planned are included.
    least(finding.inspection_start, improvement_action.due_date_original, improvement_action.done_date) as clock_start,
    improvement_action.due_date_original as due_at,
    improvement_action.done_date as clock_stop,
    null::numeric as measure
from improvement_action
left join finding on finding.finding_id = improvement_action.finding_id
