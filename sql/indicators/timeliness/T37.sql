-- title: First personal education plan within 10 working days of entry
-- id: T37
-- question: Is school planned for as soon as a child comes into care?
-- grain: one row per period of care that began at statutory school age
-- calc: percent
-- better: high
-- clock: {from: "first day in care (day 0)", to: first plan, unit: working days, standard: first_pep_working_days}
-- views: [started]
-- periods: [six_months]
-- needs: [ssd_cla_episodes, pep]
-- sources: ["Promoting the education of looked-after children, 2018: part of the care plan within 10 working days"]
-- used_by: [pack]
with entry as (
    select
        care_period.*,
        lag(care_period.first_day) over (partition by care_period.child_id order by care_period.first_day) is null as is_first
    from care_period
)

select
    entry.care_key as member_key,
    entry.child_id,
    entry.first_day as clock_start,
    coalesce(
        min(pep.plan_date) filter (where pep.plan_date >= entry.first_day),
        -- A plan before the child ever entered care is a wrong date; the runner leaves the child out.
        max(pep.plan_date) filter (where entry.is_first)
    ) as clock_stop,
    entry.end_date as ended_date
from entry
inner join school_age
    on school_age.child_id = entry.child_id
    and entry.first_day between school_age.first_day and school_age.last_day
left join pep
    on pep.person_id = entry.child_id
    and (entry.end_date is null or pep.plan_date <= entry.end_date)
group by entry.care_key, entry.child_id, entry.first_day, entry.end_date
