-- title: What the panel decides
-- id: S06
-- question: What does the panel decide?
-- grain: one row per decision in the period, deferrals included; withdrawn requests are shown separately
-- calc: count
-- better: neither
-- periods: [six_months]
-- bands: [approved, approved_changed, deferred, declined, withdrawn, unknown code,
--   enter_care, placement_change, legal_planning_meeting, pre_proceedings, therapeutic_funding, edge_of_care,
--   short_breaks, specialist_assessment, other]
-- needs: [panel_decision]
-- sources: ["catalogue S06: first and final decisions both count; by decision and by type of request"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    panel_ruling.decision_id as member_key,
    panel_ruling.child_id,
    panel_ruling.team_id,
    case when panel_ruling.decision = 'withdrawn' then null else 1 end as numerator,
    case when panel_ruling.decision = 'withdrawn' then null else 1 end as denominator,
    array_remove(
        array[
            case
                when panel_ruling.decision in ('approved', 'approved_changed', 'deferred', 'declined', 'withdrawn') then panel_ruling.decision
                else 'unknown code'
            end,
            case when panel_ruling.decision <> 'withdrawn' then panel_ruling.request_type end
        ],
        null
    ) as bands
from period
inner join panel_ruling on panel_ruling.decision_date between period.period_start and period.as_at
