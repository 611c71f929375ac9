-- title: Gaps between workers
-- id: C06
-- question: How long are children without a worker at handover?
-- grain: one row per handover in the period, with its gap in working days
-- calc: [median, count]
-- better: low
-- periods: [six_months]
-- needs: [ssd_involvements, ssd_professionals, ssd_cin_episodes]
-- sources: ["catalogue C06 and convention K02; the count is of gaps of more than five working days"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    handover.to_involvement_id as member_key,
    handover.child_id,
    handover.team_id,
    case when handover.gap_working_days > 5 then 1 else 0 end as numerator,
    1 as denominator,
    handover.gap_working_days as measure
from period
inner join handover on handover.next_day between period.period_start and period.as_at
