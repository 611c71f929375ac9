-- title: Days from the placement order to the match (A2)
-- id: P19
-- question: How long until a family is found?
-- grain: one row per child adopted from care in the period under a placement or freeing order
-- calc: mean
-- better: low
-- periods: [three_years, year]
-- needs: [ssd_permanence, ssd_cla_episodes]
-- sources: ["Adoption scorecard A2: matched before the order counts as 0 days; children not placed before the adoption order are left out"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    adoption.child_id as member_key,
    adoption.child_id,
    1 as denominator,
    greatest(0, adoption.matched_date - adoption.placement_order_date) as measure
from period
inner join adoption on adoption.adopted_date between period.period_start and period.as_at
where adoption.was_placed_before and adoption.matched_date is not null and adoption.placement_order_date is not null
