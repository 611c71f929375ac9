-- title: Adoption
-- grain: one row per child who in the twelve months before was adopted, waited for adoption, or had the decision reversed; the latest decision
-- years: {first: 2020}
-- sources: ["Annex A list 10: layout of the regional peers", "catalogue P16 to P26"]
with told as (
    select
        ssd_permanence.perm_table_id as plan_id,
        ssd_permanence.perm_person_id as child_id,
        ssd_permanence.perm_cla_id as care_id,
        collection.collection_end,
        (collection.collection_end - interval '12 months')::date as year_before,
        case when ssd_permanence.perm_adm_decision_date <= collection.collection_end then ssd_permanence.perm_adm_decision_date end
            as decision_date,
        case when ssd_permanence.perm_placement_order_date <= collection.collection_end then ssd_permanence.perm_placement_order_date end
            as placement_order_date,
        case when ssd_permanence.perm_matched_date <= collection.collection_end then ssd_permanence.perm_matched_date end
            as matched_date,
        case
            when ssd_permanence.perm_placed_for_adoption_date <= collection.collection_end
                then ssd_permanence.perm_placed_for_adoption_date
        end as placed_date,
        -- Only adoption orders count here.
        case
            when
                ssd_permanence.perm_permanence_order_date <= collection.collection_end
                and coalesce(ssd_permanence.perm_permanence_order_type, 'Adoption') = 'Adoption'
                then ssd_permanence.perm_permanence_order_date
        end as order_date,
        case
            when ssd_permanence.perm_decision_reversed_date <= collection.collection_end
                then ssd_permanence.perm_decision_reversed_date
        end as reversal_date,
        case
            when coalesce(ssd_permanence.perm_decision_reversed_date <= collection.collection_end, true)
                then ssd_permanence.perm_decision_reversed_reason
        end as reversal_reason,
        case when ssd_permanence.perm_placed_ffa_cp_date <= collection.collection_end then ssd_permanence.perm_placed_ffa_cp_date end
            as early_placed_date
    from ssd_permanence
    cross join collection
    where ssd_permanence.perm_person_id is not null
),

named as (
    select
        ssd_cla_episodes.clae_person_id as child_id,
        ssd_cla_episodes.clae_cla_id as care_id,
        min(ssd_cla_episodes.clae_cla_episode_start_date) as first_day
    from ssd_cla_episodes
    where ssd_cla_episodes.clae_cla_id is not null
    group by ssd_cla_episodes.clae_person_id, ssd_cla_episodes.clae_cla_id
),

-- The period of care of the record, or else that of the decision.
in_care as (
    select distinct on (told.plan_id)
        told.*,
        care_period.first_day as entered_care_date,
        coalesce(care_period.end_date < told.year_before, false) as is_long_gone
    from told
    left join named on named.child_id = told.child_id and named.care_id = told.care_id
    left join care_period
        on care_period.child_id = told.child_id
        and care_period.first_day <= told.collection_end
        and (
            named.first_day is null
            or (
                care_period.first_day <= named.first_day
                and (care_period.end_date is null or care_period.end_date >= named.first_day)
            )
        )
    order by
        told.plan_id asc,
        coalesce(care_period.first_day <= coalesce(told.decision_date, told.order_date, told.collection_end), false) desc,
        care_period.first_day desc nulls last
),

chosen as (
    select distinct on (in_care.child_id) in_care.*
    from in_care
    left join child on child.child_id = in_care.child_id
    where
        case
            when in_care.order_date is not null then in_care.order_date >= in_care.year_before
            when in_care.reversal_date is not null then in_care.reversal_date >= in_care.year_before
            -- A decision that was never reversed is not pending if the child left care long ago or is an adult.
            else
                (in_care.decision_date is not null or in_care.placed_date is not null)
                and not in_care.is_long_gone
                and coalesce(child.eighteenth_birthday > in_care.collection_end, true)
        end
    order by in_care.child_id asc, in_care.decision_date desc nulls last, in_care.plan_id desc
),

-- The household of list 11, never the birth family.
household as (
    select
        ssd_family.fami_person_id as child_id,
        min(ssd_family.fami_family_id) as family_id
    from ssd_family
    inner join adopter on adopter.family_id = ssd_family.fami_family_id
    group by ssd_family.fami_person_id
)

select
    row_number() over (order by chosen.child_id) - 1 as row_id,
    chosen.child_id,
    held.team_id,
    held.worker_id,
    chosen.child_id as child_unique_id,
    household.family_id,
    listed_child.gender,
    listed_child.ethnicity,
    listed_child.date_of_birth,
    listed_child.age,
    coalesce(listed_child.disability, 'c) Unknown') as disability,
    chosen.entered_care_date,
    chosen.decision_date,
    chosen.placement_order_date,
    chosen.matched_date,
    chosen.placed_date,
    chosen.order_date,
    chosen.reversal_date,
    coalesce(reason.code, chosen.reversal_reason) as reversal_reason,
    chosen.early_placed_date
from chosen
left join household on household.child_id = chosen.child_id
left join listed_child on listed_child.child_id = chosen.child_id
left join responsible_worker as held on held.child_id = chosen.child_id and held.next_first_day is null
left join translation as reason
    on reason.code_list = 'annex_a_text.reason_no_longer' and reason.said = chosen.reversal_reason
