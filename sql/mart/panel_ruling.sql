-- title: Decisions of the resources panel
-- grain: one row per decision; a deferred request has several
-- key: [decision_id]
-- sources: ["input contract, panel_request and panel_decision"]
-- columns:
--   decision_id: Decision
--   request_id: Request
--   child_id: The child; null if the request is unknown
--   team_id: Team that asked; null if not recorded
--   request_type: What was asked for
--   request_date: Day of the request
--   is_emergency: True if decided outside the meeting
--   decision: Decision, such as agreed, refused or deferred
--   decision_date: Day of the decision
--   is_final: True unless the request was deferred
--   implement_by: Day by which the decision must be carried out; null if not recorded
--   implemented_date: Day it was carried out; null if it was not
--   review_date: Day planned for a review; null if not recorded
--   has_stated_outcome: True if the request or the decision states the intended outcome
--   outcome_met: Whether the outcome was reached; null if not reviewed
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
    -- The request takes precedence; otherwise an aim in the decision is a stated outcome.
    coalesce(panel_request.stated_outcome, panel_decision.outcome_aim is not null) as has_stated_outcome,
    panel_decision.outcome_met
from panel_decision
left join panel_request on panel_request.request_id = panel_decision.request_id
