-- title: Panel decisions carried out in time
-- id: S07
-- question: Are agreed decisions carried out?
-- grain: one row per approved decision with a date to carry it out by
-- calc: percent
-- better: high
-- clock: {from: decision date, to: implemented date, unit: days, standard: the date set}
-- views: [due]
-- periods: [six_months]
-- needs: [panel_decision]
-- sources: ["catalogue S07: what was never carried out is not met"]
-- used_by: [pack]
select
    panel_ruling.decision_id as member_key,
    panel_ruling.child_id,
    panel_ruling.team_id,
    panel_ruling.decision_date as clock_start,
    panel_ruling.implement_by as due_at,
    panel_ruling.implemented_date as clock_stop
from panel_ruling
where panel_ruling.decision in ('approved', 'approved_changed')
