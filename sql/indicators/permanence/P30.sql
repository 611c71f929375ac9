-- title: Children back in care within 12 months of going home
-- id: P30
-- question: Does going home last?
-- grain: one row per child who went home in the same period a year before
-- calc: [percent, count]
-- better: low
-- periods: [year]
-- needs: [ssd_cla_episodes]
-- sources: ["SSDA903 code set REC: E4A and E4B; young people who turned 18 within the 12 months are left out, as in D27", "catalogue P30"]
-- used_by: [pack]
with returned as (
    select
        care_exit.care_key,
        care_exit.child_id,
        care_exit.end_date,
        min(care_period.first_day) as back_date
    from care_exit
    left join care_period on care_period.child_id = care_exit.child_id and care_period.first_day >= care_exit.end_date
    where care_exit.exit_group = 'home'
    group by care_exit.care_key, care_exit.child_id, care_exit.end_date
)

select
    period.period_kind,
    period.period_end,
    returned.care_key as member_key,
    returned.child_id,
    case when returned.back_date <= least((returned.end_date + interval '12 months')::date, period.as_at) then 1 else 0 end as numerator,
    1 as denominator
from period
inner join returned
    -- From day to day, so that 29 February is always included.
    on returned.end_date >= (period.period_start - interval '12 months')::date
    and returned.end_date < (period.as_at + 1 - interval '12 months')::date
left join child on child.child_id = returned.child_id
-- A child who died or turned 18 in the twelve months could not come back, unless the child had done so before.
where
    child.left_date is null
    or child.left_date > (returned.end_date + interval '12 months')::date
    or returned.back_date < child.left_date
