-- title: Plans for adoption and the steps taken
-- grain: one row per permanence record
-- key: [plan_id]
-- sources: ["SSD: ssd_permanence", "Annex A list 10", "catalogue P16 to P26"]
-- columns:
--   plan_id: Permanence record (perm_table_id)
--   child_id: The child, as in child
--   care_key: Period of care to which the plan belongs; null if no period matches
--   care_first_day: First day of that period of care
--   care_end_date: First day after that period of care; null if it continues
--   decision_date: Day the agency decided that the child should be placed for adoption; null if not recorded
--   placement_order_date: Day of the placement order; null if none is recorded
--   matched_date: Day of the match with adopters; null if not matched
--   placed_date: Day the child was placed for adoption; null if not placed
--   carer_date: Day the child was placed with the foster carer who adopts; null if not recorded
--   is_by_carer: True if the foster carer adopts the child
--   moved_in_date: Day the child moved in with the adopters; for a foster carer the day of the foster placement
--   early_placed_date: Day of a fostering-for-adoption or concurrent placement; null if none
--   reversed_date: Day the decision was reversed; null if it stands
--   reversed_reason: Code of the reason (ssda903.REASON_PLACED_CEASED); as recorded if unknown
--   is_known_reversed_reason: True if the reason is a code of that list
--   order_date: Day of the permanence order; null if none is recorded
--   order_type: Kind of permanence order as recorded
--   is_of_sibling_group: True if the child is to be placed with siblings; null if not recorded
--   is_order_without_exit: True if an adoption order is recorded but care did not end by adoption on that day
with record as (
    select
        ssd_permanence.*,
        coalesce(ssd_permanence.perm_adopted_by_carer_flag = 'Y', false) as is_by_carer,
        ssd_permanence.perm_permanence_order_type as order_type,
        coalesce(reason.code, ssd_permanence.perm_decision_reversed_reason) as reversed_reason,
        reason.code is not null as is_known_reversed_reason,
        ssd_permanence.perm_part_of_sibling_group = '1' as is_of_sibling_group,
        coalesce(
            ssd_permanence.perm_adm_decision_date,
            ssd_permanence.perm_placed_ffa_cp_date,
            ssd_permanence.perm_placement_order_date,
            ssd_permanence.perm_matched_date,
            ssd_permanence.perm_placed_for_adoption_date,
            ssd_permanence.perm_permanence_order_date
        ) as known_day
    from ssd_permanence
    left join code as reason
        on reason.code_list = 'ssda903.REASON_PLACED_CEASED' and reason.code = ssd_permanence.perm_decision_reversed_reason
    where ssd_permanence.perm_person_id is not null
),

named as (
    select distinct
        ssd_cla_episodes.clae_person_id as child_id,
        ssd_cla_episodes.clae_cla_id as care_id,
        care_period.care_key
    from ssd_cla_episodes
    inner join care_period
        on care_period.child_id = ssd_cla_episodes.clae_person_id
        and care_period.first_day <= ssd_cla_episodes.clae_cla_episode_start_date
        and (care_period.end_date is null or care_period.end_date > ssd_cla_episodes.clae_cla_episode_start_date)
    where ssd_cla_episodes.clae_cla_id is not null
)

-- The period of care by its id, or else by the day of the order or of another event.
select distinct on (record.perm_table_id)
    record.perm_table_id as plan_id,
    record.perm_person_id as child_id,
    care_period.care_key,
    care_period.first_day as care_first_day,
    care_period.end_date as care_end_date,
    record.perm_adm_decision_date as decision_date,
    record.perm_placement_order_date as placement_order_date,
    record.perm_matched_date as matched_date,
    record.perm_placed_for_adoption_date as placed_date,
    record.perm_placed_foster_carer_date as carer_date,
    record.is_by_carer,
    -- For children adopted by their foster carer, the day they moved in with that carer.
    case when record.is_by_carer then record.perm_placed_foster_carer_date else record.perm_placed_for_adoption_date end
        as moved_in_date,
    record.perm_placed_ffa_cp_date as early_placed_date,
    record.perm_decision_reversed_date as reversed_date,
    record.reversed_reason,
    record.is_known_reversed_reason,
    record.perm_permanence_order_date as order_date,
    record.order_type,
    record.is_of_sibling_group,
    coalesce(
        record.order_type = 'Adoption' and record.perm_permanence_order_date is not null
        and (
            care_period.end_date is null
            or care_period.end_date <> record.perm_permanence_order_date
            or care_period.end_reason is null
            or care_period.end_reason not in ('E11', 'E12')
        ),
        false
    ) as is_order_without_exit
from record
left join named on named.child_id = record.perm_person_id and named.care_id = record.perm_cla_id
left join care_period
    on care_period.child_id = record.perm_person_id
    and (
        care_period.care_key = named.care_key
        or (
            named.care_key is null
            and care_period.first_day <= coalesce(record.perm_permanence_order_date, record.known_day)
            and (
                care_period.end_date is null
                or care_period.end_date >= coalesce(record.perm_permanence_order_date, record.known_day)
            )
        )
    )
order by
    record.perm_table_id asc,
    coalesce(care_period.end_date = record.perm_permanence_order_date, false) desc,
    care_period.first_day desc nulls last
