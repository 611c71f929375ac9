-- title: Children in need plans
-- grain: one row per plan with a first day
-- key: [plan_id]
-- sources: ["catalogue D12: a plan left open during a protection plan or care is not counted", "docs/conventions.md"]
-- columns:
--   plan_id: Plan (ssd_cin_plans)
--   child_id: The child, as in child
--   team_id: Team responsible; null if not recorded
--   start_date: First day of the plan
--   end_date: Day the plan ended; null if it continues. An open plan ends when the next begins
--   planned_since: First day on a plan without a break, in whichever record
--   covered_days: Date ranges on which a protection plan or care takes precedence, so the plan does not count
with recorded as (
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

-- An open plan ends when the next begins.
next_one as (
    select
        begun.child_id,
        begun.start_date,
        lead(begun.start_date) over (partition by begun.child_id order by begun.start_date) as next_start
    from (select distinct
        recorded.child_id,
        recorded.start_date
    from recorded) as begun
),

plan as (
    select
        recorded.plan_id,
        recorded.child_id,
        recorded.team_id,
        recorded.start_date,
        least(
            coalesce(recorded.end_date, next_one.next_start),
            child.left_date,
            case when child.adopted_date > recorded.start_date then child.adopted_date end
        ) as end_date
    from recorded
    left join next_one
        on next_one.child_id = recorded.child_id
        and next_one.start_date = recorded.start_date
    left join child on child.child_id = recorded.child_id
    where child.left_date is null or child.left_date > recorded.start_date
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
),

planned as (
    select
        plan.child_id,
        unnest(range_agg(daterange(plan.start_date, plan.end_date, '[)'))) as days
    from plan
    where plan.end_date is null or plan.end_date > plan.start_date
    group by plan.child_id
)

select
    plan.plan_id,
    plan.child_id,
    plan.team_id,
    plan.start_date,
    plan.end_date,
    -- The first day on a plan without a break, in whichever record.
    coalesce(lower(planned.days), plan.start_date) as planned_since,
    coalesce(covered.days, '{}') as covered_days
from plan
left join planned on planned.child_id = plan.child_id and planned.days @> plan.start_date
left join covered on covered.child_id = plan.child_id
