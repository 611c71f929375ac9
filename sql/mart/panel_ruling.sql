-- title: Decisions of the resources panel with what was asked for
-- grain: one row per decision; a request that was deferred has several
-- key: [decision_id]
-- sources: ["input contract, panel_request and panel_decision"]
select
    panel_decision.decision_id,
    panel_decision.request_id,
    panel_request.person_id as child_id,
    panel_request.team_id,
    panel_request.request_type,
    panel_request.request_date,
    coalesce(panel_request.emergency, false) as is_emergency,
    panel_decision.decision,
    panel_decision.decision_date,
    panel_decision.is_final,
    panel_decision.implement_by,
    panel_decision.implemented_date,
    panel_decision.review_date,
    -- What the request says goes first; without a word on it, an aim in the decision is a stated outcome.
    coalesce(panel_request.stated_outcome, panel_decision.outcome_aim is not null) as has_stated_outcome,
    panel_decision.outcome_met
from panel_decision
left join panel_request on panel_request.request_id = panel_decision.request_id
