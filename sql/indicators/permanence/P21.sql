-- title: Days from the placement order to the match, adjusted for foster carers (A20; definition unconfirmed, not for publication)
-- id: P21
-- question: How long until a family is found, foster carers who adopt included? Not to be published until the definition is confirmed.
-- grain: one row per child adopted from care in the period under a placement or freeing order
-- calc: mean
-- better: low
-- periods: [three_months, year]
-- needs: [ssd_permanence, ssd_cla_episodes]
-- sources: ["catalogue P21, our reading: as P19, until moving in with the foster carer who adopts if that was before the match"]
-- used_by: [dictionary]
select
    period.period_kind,
    period.period_end,
    adoption.child_id as member_key,
    adoption.child_id,
    1 as denominator,
    greatest(
        0,
        case when adoption.is_by_carer then least(adoption.carer_date, adoption.matched_date) else adoption.matched_date end
        - adoption.placement_order_date
    ) as measure
from period
inner join adoption on adoption.adopted_date between period.period_start and period.as_at
where adoption.was_placed_before and adoption.matched_date is not null and adoption.placement_order_date is not null
