-- title: Days from entering care to living with the adopters (A10, adjusted for foster carers)
-- id: P18
-- question: How long until an adopted child lives with the new family?
-- grain: one row per child adopted from care in the period
-- calc: mean
-- better: low
-- periods: [three_years, year, three_months]
-- needs: [ssd_permanence, ssd_cla_episodes]
-- sources: ["Adoption scorecard A10: for children adopted by their foster carer, until moving in with that carer, at least 0"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    adoption.child_id as member_key,
    adoption.child_id,
    1 as denominator,
    greatest(0, adoption.moved_in_date - adoption.care_first_day) as measure
from period
inner join adoption on adoption.adopted_date between period.period_start and period.as_at
where adoption.moved_in_date <= adoption.adopted_date and (adoption.is_by_carer or adoption.was_placed_before)
