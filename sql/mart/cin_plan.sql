-- title: Children in need plans
-- grain: one row per plan with a first day, with the days on which it is not counted because a protection plan or care stands before it
-- key: [plan_id]
-- sources: ["catalogue D12: a plan left open behind a child protection plan or a care period is not counted"]
with plan as (
    select
        ssd_cin_plans.cinp_cin_plan_id as plan_id,
        ssd_cin_plans.cinp_person_id as child_id,
        ssd_cin_plans.cinp_cin_plan_team as team_id,
        ssd_cin_plans.cinp_cin_plan_start_date as start_date,
        ssd_cin_plans.cinp_cin_plan_end_date as end_date
    from ssd_cin_plans
    where
        ssd_cin_plans.cinp_cin_plan_start_date is not null
        and (
            ssd_cin_plans.cinp_cin_plan_end_date is null
            or ssd_cin_plans.cinp_cin_plan_end_date >= ssd_cin_plans.cinp_cin_plan_start_date
        )
),

before as (
    select
        cp_plan.child_id,
        daterange(cp_plan.start_date, cp_plan.end_date, '[)') as days
    from cp_plan
    where not cp_plan.is_other_authority
    union all
    select
        care_period.child_id,
        daterange(care_period.first_day, care_period.end_date, '[)') as days
    from care_period
),

covered as (
    select
        before.child_id,
        range_agg(before.days) as days
    from before
    group by before.child_id
)

select
    plan.plan_id,
    plan.child_id,
    plan.team_id,
    plan.start_date,
    plan.end_date,
    coalesce(covered.days, '{}') as covered_days
from plan
left join covered on covered.child_id = plan.child_id
