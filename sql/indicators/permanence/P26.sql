-- title: Children placed early with prospective adopters
-- id: P26
-- question: Do children meet their future family before the court decides?
-- grain: one row per child with an adoption decision in the period, or placed early in it before one
-- calc: [percent, count]
-- better: high
-- periods: [year]
-- needs: [ssd_permanence]
-- sources: ["Annex A list 10: foster to adopt and concurrent planning", "catalogue P26: a child placed before the decision counts on the day of placement"]
-- used_by: [pack]
with planned as (
    select
        adoption_plan.child_id,
        case
            when coalesce(adoption_plan.early_placed_date <= adoption_plan.decision_date, adoption_plan.decision_date is null)
                then adoption_plan.early_placed_date
            else adoption_plan.decision_date
        end as day,
        adoption_plan.early_placed_date
    from adoption_plan
)

select
    period.period_kind,
    period.period_end,
    planned.child_id as member_key,
    planned.child_id,
    max(case when planned.early_placed_date <= period.as_at then 1 else 0 end) as numerator,
    1 as denominator
from period
inner join planned on planned.day between period.period_start and period.as_at
group by period.period_kind, period.period_end, planned.child_id
