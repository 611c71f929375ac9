-- title: Days from entering care to the adoptive placement (A1, unadjusted)
-- id: P22
-- question: How long until an adopted child is placed for adoption?
-- grain: one row per child adopted from care in the period
-- calc: mean
-- better: low
-- periods: [three_years]
-- needs: [ssd_permanence, ssd_cla_episodes]
-- sources: ["Adoption scorecard A1, followed by A10 from 2021-22; children not placed before the adoption order are left out"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    adoption.child_id as member_key,
    adoption.child_id,
    1 as denominator,
    adoption.placed_date - adoption.care_first_day as measure
from period
inner join adoption on adoption.adopted_date between period.period_start and period.as_at
-- A placement before the period of care is a wrong date.
where adoption.was_placed_before and adoption.placed_date >= adoption.care_first_day
