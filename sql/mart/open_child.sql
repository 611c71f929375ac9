-- title: When each child had an open case
-- grain: one row per child and stretch of days with an open referral, plan or care period
-- key: [child_id, first_day]
-- sources: ["catalogue conventions K08 and K18"]
with spell as (
    select
        referral.child_id,
        referral.referral_date as start_date,
        referral.close_date as end_date
    from referral
    where not referral.is_no_further_action
    union all
    select
        ssd_cin_plans.cinp_person_id as child_id,
        ssd_cin_plans.cinp_cin_plan_start_date as start_date,
        ssd_cin_plans.cinp_cin_plan_end_date as end_date
    from ssd_cin_plans
    union all
    select
        ssd_cp_plans.cppl_person_id as child_id,
        ssd_cp_plans.cppl_cp_plan_start_date as start_date,
        ssd_cp_plans.cppl_cp_plan_end_date as end_date
    from ssd_cp_plans
    union all
    select
        ssd_cla_episodes.clae_person_id as child_id,
        ssd_cla_episodes.clae_cla_episode_start_date as start_date,
        ssd_cla_episodes.clae_cla_episode_ceased_date as end_date
    from ssd_cla_episodes
),

joined as (
    select
        spell.child_id,
        unnest(range_agg(daterange(spell.start_date, spell.end_date, '[)'))) as days
    from spell
    where
        spell.child_id is not null
        and spell.start_date is not null
        and (spell.end_date is null or spell.end_date > spell.start_date)
    group by spell.child_id
)

select
    joined.child_id,
    lower(joined.days) as first_day,
    upper(joined.days) - 1 as last_day
from joined
