-- title: Requests to the resources panel
-- id: S04
-- question: What is the panel asked for?
-- grain: one row per request in the period; a request presented again is a new one
-- calc: count
-- better: neither
-- periods: [month, six_months]
-- bands: [placement, legal_planning_meeting, therapeutic_funding, edge_of_care, other, unknown code, not recorded]
-- needs: [panel_request]
-- sources: ["catalogue S04: entering care and changing a placement are requests for a placement"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    panel_request.request_id as member_key,
    panel_request.person_id as child_id,
    panel_request.team_id,
    1 as numerator,
    case
        when panel_request.request_type is null then 'not recorded'
        when kind.code is null then 'unknown code'
        when kind.code in ('enter_care', 'placement_change') then 'placement'
        when kind.code in ('legal_planning_meeting', 'therapeutic_funding', 'edge_of_care') then kind.code
        else 'other'
    end as band
from period
inner join panel_request on panel_request.request_date between period.period_start and period.as_at
left join code as kind on kind.code_list = 'local.panel_request.request_type' and kind.code = panel_request.request_type
