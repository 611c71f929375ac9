-- title: Where each child in care lived
-- grain: one row per child and date range in care in one placement under one episode
-- key: [child_id, first_day]
-- personal: [postcode]
-- sources: ["SSDA903 code sets RNE and PLACE", "catalogue P05 and P08 to P12; convention K08"]
-- columns:
--   child_id: The child, as in child
--   care_first_day: First day of the period of care
--   care_end_date: Day of leaving care; null if care continues
--   first_day: First day of the date range
--   next_day: First day after the date range; null if it continues
--   episode_id: Episode of care (ssd_cla_episodes)
--   start_reason: Code of the reason why the episode began (ssda903.RNE); null if the date range begins later than the episode
--   placement_id: Placement, as in placement; null if unknown
--   placement_type: Code of the placement (ssda903.PLACE); null if unknown
--   is_known_type: True if placement_type is a code of that list
--   placement_group: Group of placement types, such as fostering or residential; null if unknown
--   is_temporary: True for temporary placements (T0 to T4) and times missing recorded as placements
--   provider: Code of the provider (ssda903.PLACE_PROVIDER); null if not recorded
--   is_known_provider: True if the provider is a code of that list
--   urn: Ofsted's number of the placement; null if not recorded
--   postcode: Postcode of the placement; null if not recorded
--   distance: Miles from home to the placement; null if not recorded
--   home_placement_id: Placement where the child lives apart from temporary absences
--   home_type: Code of that placement
--   home_group: Group of that placement
--   home_group_first_day: First day of consecutive placements of that group
with episode as (
    select
        ssd_cla_episodes.clae_cla_episode_id as episode_id,
        ssd_cla_episodes.clae_person_id as child_id,
        ssd_cla_episodes.clae_cla_episode_start_date as start_date,
        ssd_cla_episodes.clae_cla_episode_ceased_date as end_date,
        ssd_cla_episodes.clae_cla_episode_start_reason as start_reason,
        placement.placement_id
    from ssd_cla_episodes
    left join placement on placement.placement_id = ssd_cla_episodes.clae_cla_placement_id
    where
        ssd_cla_episodes.clae_person_id is not null
        and ssd_cla_episodes.clae_cla_episode_start_date is not null
        and (
            ssd_cla_episodes.clae_cla_episode_ceased_date is null
            or ssd_cla_episodes.clae_cla_episode_ceased_date > ssd_cla_episodes.clae_cla_episode_start_date
        )
),

-- An episode without a placement gets the placements of its days.
placed as (
    select
        episode.episode_id,
        episode.child_id,
        greatest(episode.start_date, by_date.start_date) as first_day,
        least(episode.end_date, by_date.end_date) as next_day,
        case when by_date.start_date is null or by_date.start_date <= episode.start_date then episode.start_reason end as start_reason,
        coalesce(episode.placement_id, by_date.placement_id) as placement_id
    from episode
    left join placement as by_date
        on by_date.child_id = episode.child_id
        and episode.placement_id is null
        and (episode.end_date is null or by_date.start_date < episode.end_date)
        and (by_date.end_date is null or by_date.end_date > episode.start_date)
),

in_care as (
    select
        placed.episode_id,
        placed.child_id,
        care_period.first_day as care_first_day,
        care_period.end_date as care_end_date,
        placed.first_day as began,
        greatest(placed.first_day, care_period.first_day) as first_day,
        least(placed.next_day, care_period.end_date) as next_day,
        case when placed.first_day >= care_period.first_day then placed.start_reason end as start_reason,
        placed.placement_id
    from placed
    inner join care_period
        on care_period.child_id = placed.child_id
        and (care_period.end_date is null or care_period.end_date > placed.first_day)
        and (placed.next_day is null or placed.next_day > care_period.first_day)
),

one_a_day as (
    -- An episode left open in an earlier period of care does not count in this one.
    select distinct on (in_care.child_id, in_care.first_day) in_care.*
    from in_care
    order by
        in_care.child_id asc,
        in_care.first_day asc,
        in_care.began desc,
        in_care.next_day desc nulls first,
        in_care.episode_id desc,
        in_care.placement_id desc
),

-- If two overlap, the later one counts from its first day.
ordered as (
    select
        one_a_day.child_id,
        one_a_day.care_first_day,
        one_a_day.care_end_date,
        one_a_day.first_day,
        least(one_a_day.next_day, lead(one_a_day.first_day) over (partition by one_a_day.child_id order by one_a_day.first_day))
            as next_day,
        one_a_day.episode_id,
        one_a_day.start_reason,
        one_a_day.placement_id,
        placement.placement_type,
        placement.is_known_type,
        placement.placement_group,
        -- Missing episodes used to be recorded as placements.
        coalesce(placement.is_temporary or placement.placement_type in ('M0', 'M1', 'M2', 'M3'), false) as is_temporary,
        placement.provider,
        placement.is_known_provider,
        placement.urn,
        placement.postcode,
        placement.distance
    from one_a_day
    left join placement on placement.placement_id = one_a_day.placement_id
),

numbered as (
    select
        ordered.*,
        count(*) filter (where not ordered.is_temporary) over in_order as home_no
    from ordered
    window in_order as (partition by ordered.child_id, ordered.care_first_day order by ordered.first_day)
),

home as (
    select
        numbered.child_id,
        numbered.care_first_day,
        numbered.home_no,
        numbered.first_day,
        numbered.placement_id,
        numbered.placement_type,
        numbered.placement_group,
        coalesce(lag(numbered.placement_group) over in_order = numbered.placement_group, false) as is_group_the_same
    from numbered
    where not numbered.is_temporary
    window in_order as (partition by numbered.child_id, numbered.care_first_day order by numbered.first_day)
),

grouped as (
    select
        home.*,
        max(home.first_day) filter (where not home.is_group_the_same) over (
            partition by home.child_id, home.care_first_day order by home.first_day
        ) as group_first_day
    from home
)

select
    numbered.child_id,
    numbered.care_first_day,
    numbered.care_end_date,
    numbered.first_day,
    numbered.next_day,
    numbered.episode_id,
    numbered.start_reason,
    numbered.placement_id,
    numbered.placement_type,
    numbered.is_known_type,
    numbered.placement_group,
    numbered.is_temporary,
    numbered.provider,
    numbered.is_known_provider,
    numbered.urn,
    numbered.postcode,
    numbered.distance,
    -- Where the child lives apart from temporary absences: the placement, or the one before the absence.
    grouped.placement_id as home_placement_id,
    grouped.placement_type as home_type,
    grouped.placement_group as home_group,
    grouped.group_first_day as home_group_first_day
from numbered
left join grouped
    on grouped.child_id = numbered.child_id
    and grouped.care_first_day = numbered.care_first_day
    and grouped.home_no = numbered.home_no
