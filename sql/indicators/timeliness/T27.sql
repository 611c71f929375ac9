-- title: Care visit within one week of a placement
-- id: T27
-- question: Does somebody see how a child has settled in?
-- grain: one row per placement with a new carer, or at home under a new care order
-- calc: percent
-- better: high
-- clock: {from: first day of the placement or of the order, to: first visit at which the child was seen, unit: days, standard: care_first_visit_days}
-- views: [started]
-- periods: [six_months]
-- needs: [ssd_cla_placement, ssd_cla_episodes, ssd_cla_visits]
-- sources: ["Care Planning Regulations 2010, regulation 28(2) and (5); placements of less than a week are left out"]
-- used_by: [pack]
with placed as (
    -- A care order made during the placement restarts the week.
    select distinct on (visit_clock.placement_id)
        visit_clock.placement_id,
        visit_clock.child_id,
        visit_clock.first_day,
        visit_clock.placement_end_date
    from visit_clock
    where visit_clock.is_new and visit_clock.placement_id is not null
    order by visit_clock.placement_id asc, visit_clock.first_day desc
),

visited as (
    select
        placed.placement_id,
        min(care_visit.visit_date) as visit_date
    from placed
    inner join care_visit
        on care_visit.child_id = placed.child_id
        and care_visit.visit_date >= placed.first_day
        and (placed.placement_end_date is null or care_visit.visit_date <= placed.placement_end_date)
    where care_visit.child_seen = 'Y'
    group by placed.placement_id
)

select
    placed.placement_id as member_key,
    placed.child_id,
    placed.first_day as clock_start,
    visited.visit_date as clock_stop,
    placed.placement_end_date as ended_date
from placed
inner join parameter as standard
    on standard.name = 'care_first_visit_days'
    and standard.valid_from <= placed.first_day
    and (standard.valid_to is null or standard.valid_to > placed.first_day)
left join visited on visited.placement_id = placed.placement_id
where placed.placement_end_date is null or placed.placement_end_date - placed.first_day >= standard.number_value
