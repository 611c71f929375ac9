-- title: Placement plan within 5 working days
-- id: T45
-- question: Do carers know what is agreed for a child?
-- grain: one row per placement that lasted five working days or more, without short breaks
-- calc: percent
-- better: high
-- clock: {from: "first day of the placement (day 0)", to: placement plan, unit: working days, standard: placement_plan_working_days}
-- views: [started]
-- periods: [six_months]
-- needs: [ssd_cla_placement, placement_plan]
-- sources: ["Care Planning Regulations 2010, regulation 9: a placement plan before the placement, or within five working days"]
-- used_by: [pack]
with placed as (
    -- An open placement ends when the next begins, unless that is temporary, and with the period of care.
    select
        placement.placement_id,
        least(
            coalesce(placement.end_date, min(later.start_date)),
            min(care_period.end_date)
        ) as end_date
    from placement
    left join placement as later
        on later.child_id = placement.child_id
        and later.start_date > placement.start_date
        and not later.is_temporary
    left join care_period
        on care_period.child_id = placement.child_id
        and care_period.first_day <= placement.start_date
        and (care_period.end_date is null or care_period.end_date > placement.start_date)
    group by placement.placement_id, placement.end_date
)

select
    placement.placement_id as member_key,
    placement.child_id,
    placement.start_date as clock_start,
    -- Regulation 9 requires the plan before the placement; five working days are the fallback.
    case when placement_plan.plan_date is not null then greatest(placement_plan.plan_date, placement.start_date) end as clock_stop,
    placed.end_date as ended_date
from placed
inner join placement on placement.placement_id = placed.placement_id
inner join calendar_day as first_day on first_day.day = placement.start_date
inner join parameter as standard
    on standard.name = 'placement_plan_working_days'
    and standard.valid_from <= placement.start_date
    and (standard.valid_to is null or standard.valid_to > placement.start_date)
left join placement_plan on placement_plan.placement_id = placement.placement_id
left join legal_status
    on legal_status.child_id = placement.child_id
    and legal_status.first_day <= placement.start_date
    and (legal_status.last_day is null or legal_status.last_day >= placement.start_date)
left join calendar_day as last_day on last_day.day = placed.end_date
where
    not coalesce(legal_status.is_short_break, false)
    and (placed.end_date is null or last_day.working_day_no - first_day.working_day_no >= standard.number_value)
