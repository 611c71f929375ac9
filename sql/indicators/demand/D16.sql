-- title: Initial child protection conferences
-- id: D16
-- question: How many children are brought to a conference?
-- grain: one row per child and initial conference held in the period
-- calc: [count, rate]
-- better: neither
-- periods: [six_months, three_months, year]
-- bands: [moved in from another authority]
-- needs: [ssd_initial_cp_conference]
-- sources: ["CIN statistics: every child counts; children who moved in with a plan are also shown separately"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    conference.conference_id as member_key,
    conference.child_id,
    conference.team_id,
    1 as numerator,
    case when conference.is_transfer_in then 'moved in from another authority' end as band
from period
inner join conference on conference.conference_date between period.period_start and period.as_at
