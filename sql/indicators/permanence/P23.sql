-- title: Adoption decisions, orders, matches and placements
-- id: P23
-- question: How far have children's adoptions come?
-- grain: one row per child who reached a stage in the period; the value counts the stages
-- calc: count
-- better: neither
-- periods: [three_months]
-- bands: [decision, placement order, matched, placed, adopted, plan changed]
-- needs: [ssd_permanence, ssd_cla_episodes]
-- sources: ["Annex A list 10", "catalogue P23: a child may pass several stages in one quarter"]
-- used_by: [pack]
with reached as (
    select
        adoption_plan.child_id,
        stage.name as stage,
        stage.day
    from adoption_plan
    cross join
        lateral (
            values
            ('decision', adoption_plan.decision_date),
            ('placement order', adoption_plan.placement_order_date),
            ('matched', adoption_plan.matched_date),
            ('placed', adoption_plan.placed_date),
            ('plan changed', adoption_plan.reversed_date)
        ) as stage (name, day)
    where stage.day is not null
    union
    select
        adoption.child_id,
        'adopted' as stage,
        adoption.adopted_date as day
    from adoption
)

select
    period.period_kind,
    period.period_end,
    reached.child_id as member_key,
    reached.child_id,
    count(distinct reached.stage) as numerator,
    1 as denominator,
    array_agg(distinct reached.stage) as bands
from period
inner join reached on reached.day between period.period_start and period.as_at
group by period.period_kind, period.period_end, reached.child_id
