-- title: Adoption plans that were changed
-- id: P25
-- question: How often is an adoption plan changed?
-- grain: one row per child whose adoption decision ended in the period, by a permanence order or by being reversed
-- calc: [percent, count]
-- better: low
-- periods: [year]
-- bands: {codes: ssda903.REASON_PLACED_CEASED}
-- needs: [ssd_permanence]
-- sources: ["Adoption scorecard A5", "SSDA903 code set REASON_PLACED_CEASED"]
-- used_by: [pack]
with ended as (
    select
        adoption_plan.child_id,
        least(adoption_plan.reversed_date, adoption_plan.order_date) as end_date,
        coalesce(adoption_plan.reversed_date <= adoption_plan.order_date, adoption_plan.reversed_date is not null) as is_reversed,
        case
            when adoption_plan.reversed_reason is null then 'not recorded'
            when not adoption_plan.is_known_reversed_reason then 'unknown code'
            else adoption_plan.reversed_reason
        end as reason
    from adoption_plan
    where adoption_plan.decision_date <= least(adoption_plan.reversed_date, adoption_plan.order_date)
)

select
    period.period_kind,
    period.period_end,
    ended.child_id as member_key,
    ended.child_id,
    max(case when ended.is_reversed then 1 else 0 end) as numerator,
    1 as denominator,
    array_agg(distinct ended.reason) filter (where ended.is_reversed) as bands
from period
inner join ended on ended.end_date between period.period_start and period.as_at
group by period.period_kind, period.period_end, ended.child_id
