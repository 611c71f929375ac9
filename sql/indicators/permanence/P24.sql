-- title: Children who wait for an adoptive family
-- id: P24
-- question: How many children wait for an adoptive family?
-- grain: one row per child in care at the date with a placement order, not placed and the decision not reversed
-- calc: count
-- better: low
-- periods: [snapshot]
-- bands: [in care over 18 months, in care up to 18 months, sibling group]
-- needs: [ssd_permanence, ssd_cla_episodes]
-- sources: ["Adoption scorecard A9 and A14", "catalogue P24: the measure is days since the placement order"]
-- used_by: [pack]
with waiting as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        adoption_plan.child_id,
        min(adoption_plan.placement_order_date) as placement_order_date,
        min(adoption_plan.care_first_day) as care_first_day,
        bool_or(coalesce(adoption_plan.is_of_sibling_group, false)) as is_of_sibling_group
    from period
    inner join adoption_plan
        on adoption_plan.placement_order_date <= period.as_at
        and (adoption_plan.placed_date is null or adoption_plan.placed_date > period.as_at)
        and (adoption_plan.reversed_date is null or adoption_plan.reversed_date > period.as_at)
    where
        adoption_plan.care_first_day <= period.as_at
        and (adoption_plan.care_end_date is null or adoption_plan.care_end_date > period.as_at)
    group by period.period_kind, period.period_end, period.as_at, adoption_plan.child_id
)

select
    waiting.period_kind,
    waiting.period_end,
    waiting.child_id as member_key,
    waiting.child_id,
    1 as numerator,
    waiting.as_at - waiting.placement_order_date as measure,
    array[
        case
            when (waiting.care_first_day + interval '18 months')::date < waiting.as_at then 'in care over 18 months'
            else 'in care up to 18 months'
        end
    ]
    || case when waiting.is_of_sibling_group then array['sibling group'] else '{}' end as bands
from waiting
