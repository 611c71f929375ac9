-- title: Outcome reached at the panel's review
-- id: S08
-- question: Was the intended outcome reached?
-- grain: one row per decision with a stated outcome that was reviewed in the period
-- calc: percent
-- better: high
-- periods: [six_months]
-- bands: ["yes", partly, "no"]
-- needs: [panel_decision]
-- sources: ["catalogue S08: partly reached does not count; decisions without a review are left out"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    panel_ruling.decision_id as member_key,
    panel_ruling.child_id,
    panel_ruling.team_id,
    case when panel_ruling.outcome_met = 'yes' then 1 else 0 end as numerator,
    1 as denominator,
    panel_ruling.outcome_met as band
from period
inner join panel_ruling on panel_ruling.review_date between period.period_start and period.as_at
where panel_ruling.has_stated_outcome and panel_ruling.outcome_met <> 'not_reviewed'
