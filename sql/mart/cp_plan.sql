-- title: Child protection plans
-- grain: one row per plan; a plan begun again by the next day without a new conference is the same plan
-- key: [plan_id]
-- sources: ["CIN census: child protection plans", "catalogue conventions K08, K12 and D20", "docs/conventions.md"]
-- columns:
--   plan_id: Plan; the first of the merged records
--   child_id: The child, as in child
--   referral_id: Referral of the plan; null if not recorded
--   conference_id: Conference that made the plan; null if not recorded
--   start_date: First day of the plan
--   end_date: Day the plan ended; null if it continues. An open plan ends when the next begins
--   planned_since: First day on a plan without a break, in whichever record
--   initial_category: Code of the first category of abuse; null if not recorded
--   latest_category: Code of the latest category of abuse; null if not recorded
--   is_other_authority: True if another authority is responsible for the plan
--   is_joined: True if several records make up the plan
--   conference_date: Day of the conference; null if not recorded
--   clock_date: "Day from which reviews and visits are due: the conference, or else the start"
with recorded as (
    select
        ssd_cp_plans.cppl_cp_plan_id as plan_id,
        ssd_cp_plans.cppl_person_id as child_id,
        ssd_cp_plans.cppl_referral_id as referral_id,
        ssd_cp_plans.cppl_icpc_id as conference_id,
        ssd_cp_plans.cppl_cp_plan_start_date as start_date,
        ssd_cp_plans.cppl_cp_plan_end_date as end_date,
        ssd_cp_plans.cppl_cp_plan_initial_category as initial_category,
        ssd_cp_plans.cppl_cp_plan_latest_category as latest_category,
        coalesce(ssd_cp_plans.cppl_cp_plan_ola = 'Y', false) as is_other_authority
    from ssd_cp_plans
    where
        ssd_cp_plans.cppl_person_id is not null
        and ssd_cp_plans.cppl_cp_plan_start_date is not null
        and (
            ssd_cp_plans.cppl_cp_plan_end_date is null
            or ssd_cp_plans.cppl_cp_plan_end_date >= ssd_cp_plans.cppl_cp_plan_start_date
        )
),

-- A child has one plan at a time: an open plan ends when the next begins.
next_one as (
    select
        begun.child_id,
        begun.is_other_authority,
        begun.start_date,
        lead(begun.start_date) over (partition by begun.child_id, begun.is_other_authority order by begun.start_date) as next_start
    from (select distinct
        recorded.child_id,
        recorded.is_other_authority,
        recorded.start_date
    from recorded) as begun
),

plan as (
    select
        recorded.plan_id,
        recorded.child_id,
        recorded.referral_id,
        recorded.conference_id,
        recorded.start_date,
        recorded.initial_category,
        recorded.latest_category,
        recorded.is_other_authority,
        recorded.end_date as recorded_end_date,
        least(
            coalesce(recorded.end_date, next_one.next_start),
            child.left_date,
            case when child.adopted_date > recorded.start_date then child.adopted_date end
        ) as end_date
    from recorded
    left join next_one
        on next_one.child_id = recorded.child_id
        and next_one.is_other_authority = recorded.is_other_authority
        and next_one.start_date = recorded.start_date
    left join child on child.child_id = recorded.child_id
    where child.left_date is null or child.left_date > recorded.start_date
),

ordered as (
    select
        plan.*,
        lag(plan.recorded_end_date) over in_order as end_before,
        lag(plan.conference_id) over in_order as conference_before
    from plan
    window in_order as (partition by plan.child_id, plan.is_other_authority order by plan.start_date, plan.plan_id)
),

plan_days as (
    select
        ordered.*,
        -- A new conference makes a new plan; only recording errors are merged.
        count(*) filter (
            where
            ordered.end_before is null
            or ordered.start_date - ordered.end_before not in (0, 1)
            or (ordered.conference_id is not null and coalesce(ordered.conference_id <> ordered.conference_before, true))
        ) over (
            partition by ordered.child_id, ordered.is_other_authority order by ordered.start_date, ordered.plan_id
        ) as plan_no
    from ordered
),

joined as (
    select
        plan_days.child_id,
        plan_days.is_other_authority,
        (array_agg(plan_days.plan_id order by plan_days.start_date, plan_days.plan_id))[1] as plan_id,
        (array_agg(plan_days.referral_id order by plan_days.start_date, plan_days.plan_id))[1] as referral_id,
        (array_agg(plan_days.conference_id order by plan_days.start_date, plan_days.plan_id))[1] as conference_id,
        min(plan_days.start_date) as start_date,
        case when bool_and(plan_days.end_date is not null) then max(plan_days.end_date) end as end_date,
        (array_agg(plan_days.initial_category order by plan_days.start_date, plan_days.plan_id))[1] as initial_category,
        (array_agg(plan_days.latest_category order by plan_days.start_date desc, plan_days.plan_id desc))[1] as latest_category,
        count(*) as records
    from plan_days
    group by plan_days.child_id, plan_days.is_other_authority, plan_days.plan_no
),

planned as (
    select
        joined.child_id,
        joined.is_other_authority,
        unnest(range_agg(daterange(joined.start_date, joined.end_date, '[)'))) as days
    from joined
    where joined.end_date is null or joined.end_date > joined.start_date
    group by joined.child_id, joined.is_other_authority
)

select
    joined.plan_id,
    joined.child_id,
    joined.referral_id,
    joined.conference_id,
    joined.start_date,
    joined.end_date,
    -- The first day on a plan without a break, in whichever record.
    coalesce(lower(planned.days), joined.start_date) as planned_since,
    joined.initial_category,
    joined.latest_category,
    joined.is_other_authority,
    joined.records > 1 as is_joined,
    ssd_initial_cp_conference.icpc_icpc_date as conference_date,
    -- The clocks of a plan start with its conference.
    coalesce(ssd_initial_cp_conference.icpc_icpc_date, joined.start_date) as clock_date
from joined
left join planned
    on planned.child_id = joined.child_id
    and planned.is_other_authority = joined.is_other_authority
    and planned.days @> joined.start_date
left join ssd_initial_cp_conference on ssd_initial_cp_conference.icpc_icpc_id = joined.conference_id
