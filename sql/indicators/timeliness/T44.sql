-- title: Care plan within 10 working days of the first placement
-- id: T44
-- question: Does a child in care soon have a care plan?
-- grain: one row per period of care whose first placement lasted for 10 working days
-- calc: percent
-- better: high
-- clock: {from: "first day of the first placement (day 0)", to: first care plan, unit: working days, standard: care_plan_working_days}
-- views: [due]
-- periods: [six_months]
-- needs: [ssd_cla_care_plan, ssd_cla_placement, ssd_cla_episodes]
-- sources: ["Care Planning Regulations 2010, regulation 4: before the first placement or within 10 working days; a plan made before it is in time"]
-- used_by: [pack]
with placed as (
    select
        episode_placement.child_id,
        episode_placement.care_first_day,
        min(episode_placement.first_day) as first_day
    from episode_placement
    where episode_placement.placement_id is not null
    group by episode_placement.child_id, episode_placement.care_first_day
),

care as (
    select
        care_period.*,
        lag(care_period.end_date) over (partition by care_period.child_id order by care_period.first_day) as end_before
    from care_period
),

entry as (
    select
        care.care_key,
        care.child_id,
        care.end_date,
        care.end_before,
        placed.first_day,
        first_day.working_day_no,
        standard.number_value as working_days
    from care
    inner join placed on placed.child_id = care.child_id and placed.care_first_day = care.first_day
    inner join calendar_day as first_day on first_day.day = placed.first_day
    inner join parameter as standard
        on standard.name = 'care_plan_working_days'
        and standard.valid_from <= placed.first_day
        and (standard.valid_to is null or standard.valid_to > placed.first_day)
)

select
    entry.care_key as member_key,
    entry.child_id,
    entry.first_day as clock_start,
    greatest(min(care_plan.start_date), case when count(care_plan.plan_id) > 0 then entry.first_day end) as clock_stop,
    entry.end_date as ended_date
from entry
left join calendar_day as last_day on last_day.day = entry.end_date
left join care_plan
    on care_plan.child_id = entry.child_id
    -- A plan for an earlier period of care belongs to that one.
    and (entry.end_before is null or care_plan.start_date > entry.end_before)
    and (entry.end_date is null or care_plan.start_date <= entry.end_date)
    and (care_plan.end_date is null or care_plan.end_date >= entry.first_day)
where entry.end_date is null or last_day.working_day_no - entry.working_day_no >= entry.working_days
group by entry.care_key, entry.child_id, entry.first_day, entry.end_date
