-- title: Placements of children in care
-- grain: one row per placement record with a first day
-- key: [placement_id]
-- personal: [postcode]
-- sources: ["SSDA903 code set PLACE; group map of catalogue P10", "catalogue convention K08"]
-- columns:
--   placement_id: Placement (ssd_cla_placement)
--   child_id: The child; null if not recorded
--   care_id: The case system's id of the period of care; null if not recorded
--   start_date: First day of the placement
--   end_date: Day the placement ended; null if it continues
--   placement_type: Code of the placement (ssda903.PLACE), as recorded if unknown
--   is_known_type: True if placement_type is a code of that list
--   placement_group: fostering, residential, secure, supported accommodation, with parents, placed for adoption or other; null if not recorded
--   is_temporary: True for temporary placements (T0 to T4)
--   provider: Code of the provider (ssda903.PLACE_PROVIDER); null if not recorded
--   is_known_provider: True if the provider is a code of that list
--   urn: Ofsted's number of the placement; null if not recorded
--   postcode: Postcode of the placement; null if not recorded
--   distance: Miles from home to the placement; null if not recorded
--   change_reason: Code of the reason for the change of placement; null if not recorded
with owner as (
    select
        ssd_cla_episodes.clae_cla_id as care_id,
        min(ssd_cla_episodes.clae_person_id) as child_id
    from ssd_cla_episodes
    where ssd_cla_episodes.clae_cla_id is not null
    group by ssd_cla_episodes.clae_cla_id
)

select
    ssd_cla_placement.clap_cla_placement_id as placement_id,
    coalesce(ssd_cla_placement.clap_person_id, owner.child_id) as child_id,
    ssd_cla_placement.clap_cla_id as care_id,
    ssd_cla_placement.clap_cla_placement_start_date as start_date,
    ssd_cla_placement.clap_cla_placement_end_date as end_date,
    coalesce(kind.code, upper(ssd_cla_placement.clap_cla_placement_type)) as placement_type,
    kind.code is not null as is_known_type,
    case
        when kind.code in ('U1', 'U2', 'U3', 'U4', 'U5', 'U6') then 'fostering'
        when kind.code in ('K2', 'R1', 'S1') then 'residential'
        when kind.code = 'K1' then 'secure'
        when kind.code in ('K3', 'H5', 'P2') then 'supported accommodation'
        when kind.code = 'P1' then 'with parents'
        when kind.code in ('A3', 'A4', 'A5', 'A6') then 'placed for adoption'
        when ssd_cla_placement.clap_cla_placement_type is not null then 'other'
    end as placement_group,
    coalesce(kind.code in ('T0', 'T1', 'T2', 'T3', 'T4'), false) as is_temporary,
    coalesce(provider.code, ssd_cla_placement.clap_cla_placement_provider) as provider,
    provider.code is not null as is_known_provider,
    ssd_cla_placement.clap_cla_placement_urn as urn,
    ssd_cla_placement.clap_cla_placement_postcode as postcode,
    ssd_cla_placement.clap_cla_placement_distance as distance,
    ssd_cla_placement.clap_cla_placement_change_reason as change_reason
from ssd_cla_placement
left join owner on owner.care_id = ssd_cla_placement.clap_cla_id
left join code as kind on kind.code_list = 'ssda903.PLACE' and kind.code = ssd_cla_placement.clap_cla_placement_type
left join code as provider
    on provider.code_list = 'ssda903.PLACE_PROVIDER' and provider.code = ssd_cla_placement.clap_cla_placement_provider
where ssd_cla_placement.clap_cla_placement_start_date is not null
