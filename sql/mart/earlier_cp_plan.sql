-- title: Earlier protection plans of a child
-- grain: one row per protection plan of this authority
-- key: [plan_id]
-- sources: ["CIN statistics: second or subsequent plans", "catalogue D22 and D23"]
-- columns:
--   plan_id: Plan, as in cp_plan
--   has_earlier_plan: True if the child had an earlier plan in any authority
--   last_end_date: Day on which the latest earlier plan ended; null if there is none
--   years_held_before: Years of plan records before the start of the plan
with held as (
    select min(cp_plan.start_date) as first_start_date
    from cp_plan
),

before as (
    select
        cp_plan.plan_id,
        max(earlier.end_date) filter (where earlier.end_date <= cp_plan.start_date) as last_end_date
    from cp_plan
    inner join cp_plan as earlier
        on earlier.child_id = cp_plan.child_id
        and earlier.plan_id <> cp_plan.plan_id
        and (
            earlier.start_date < cp_plan.start_date
            or (earlier.start_date = cp_plan.start_date and earlier.plan_id < cp_plan.plan_id)
        )
    where not cp_plan.is_other_authority
    group by cp_plan.plan_id
)

select
    cp_plan.plan_id,
    before.plan_id is not null as has_earlier_plan,
    before.last_end_date,
    (cp_plan.start_date - held.first_start_date) / 365.25 as years_held_before
from cp_plan
cross join held
left join before on before.plan_id = cp_plan.plan_id
where not cp_plan.is_other_authority
