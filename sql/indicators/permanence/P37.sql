-- title: Adopters by the stage they reached
-- id: P37
-- question: Do enough families apply, and do they continue?
-- grain: one row per household that reached a stage in the period
-- calc: count
-- better: neither
-- periods: [year, three_months]
-- bands: [enquiry, stage 1, stage 2, approved, matched, placed, left]
-- needs: [adopter]
-- sources: ["Annex A list 11: adopters of the last 12 months; households, not people"]
-- used_by: [pack]
with reached as (
    select
        adopter_family.family_id,
        stage.name as stage,
        stage.day
    from adopter_family
    cross join
        lateral (
            values
            ('enquiry', adopter_family.enquiry_date),
            ('stage 1', adopter_family.stage_1_start),
            ('stage 2', adopter_family.stage_2_start),
            ('approved', adopter_family.approval_date),
            ('matched', adopter_family.matched_date),
            ('placed', adopter_family.placed_date),
            ('left', adopter_family.left_date)
        ) as stage (name, day)
    where stage.day is not null
)

select
    period.period_kind,
    period.period_end,
    reached.family_id as member_key,
    1 as numerator,
    array_agg(reached.stage) as bands
from period
inner join reached on reached.day between period.period_start and period.as_at
group by period.period_kind, period.period_end, reached.family_id
