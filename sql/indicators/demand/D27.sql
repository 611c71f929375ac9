-- title: De-escalated and stayed safe
-- id: D27
-- question: Did children stay safe after their plan ended?
-- grain: one row per protection plan that ended two years before the period
-- calc: percent
-- better: high
-- periods: [year]
-- needs: [ssd_cp_plans, ssd_cin_episodes, ssd_cla_episodes]
-- sources:
--   - "catalogue D27: no referral within two years that led to a plan or care by then; children who died, were adopted, moved away or turned 18 are left out"
-- used_by: [pack]
with ended as (
    select
        period.period_kind,
        period.period_end,
        cp_plan.plan_id,
        cp_plan.child_id,
        cp_plan.end_date,
        (cp_plan.end_date + interval '24 months')::date as last_day
    from period
    inner join cp_plan
        -- Starts on the day after the period 24 months back, so that 29 February is included.
        on cp_plan.end_date >= (period.period_start - interval '24 months')::date
        and cp_plan.end_date < (period.as_at + 1 - interval '24 months')::date
    where not cp_plan.is_other_authority
),

step as (
    select
        cp_plan.child_id,
        cp_plan.start_date
    from cp_plan
    where not cp_plan.is_other_authority
    union
    select
        care_period.child_id,
        care_period.first_day as start_date
    from care_period
),

returned as (
    select
        ended.period_kind,
        ended.period_end,
        ended.plan_id,
        min(step.start_date) as start_date
    from ended
    inner join referral
        on referral.child_id = ended.child_id
        and referral.referral_date > ended.end_date
        and referral.referral_date <= ended.last_day
    inner join step
        on step.child_id = ended.child_id
        and step.start_date >= referral.referral_date
        and step.start_date <= ended.last_day
        and (referral.close_date is null or step.start_date <= referral.close_date)
    group by ended.period_kind, ended.period_end, ended.plan_id
),

-- Children who could not be referred again: died, turned 18, adopted, moved to another authority.
gone as (
    select
        need_episode.child_id,
        need_episode.close_date as gone_date
    from need_episode
    where need_episode.close_reason in ('RC1', 'RC2', 'RC5') and need_episode.close_date is not null
    union
    select
        care_period.child_id,
        care_period.end_date as gone_date
    from care_period
    where care_period.end_reason in ('E11', 'E12', 'E2', 'E3') and care_period.end_date is not null
    union
    select
        child.child_id,
        child.left_date as gone_date
    from child
    where child.left_date is not null
),

left_sight as (
    select
        ended.period_kind,
        ended.period_end,
        ended.plan_id,
        min(gone.gone_date) as gone_date
    from ended
    inner join gone
        on gone.child_id = ended.child_id
        and gone.gone_date between ended.end_date and ended.last_day
    group by ended.period_kind, ended.period_end, ended.plan_id
)

select
    ended.period_kind,
    ended.period_end,
    ended.plan_id as member_key,
    ended.child_id,
    case when returned.start_date is null then 1 else 0 end as numerator,
    1 as denominator
from ended
left join child on child.child_id = ended.child_id
left join returned
    on returned.period_kind = ended.period_kind
    and returned.period_end = ended.period_end
    and returned.plan_id = ended.plan_id
left join left_sight
    on left_sight.period_kind = ended.period_kind
    and left_sight.period_end = ended.period_end
    and left_sight.plan_id = ended.plan_id
where
    (child.left_date is null or child.left_date > ended.end_date)
    -- A child who came back before leaving did not stay safe.
    and (left_sight.gone_date is null or returned.start_date < left_sight.gone_date)
