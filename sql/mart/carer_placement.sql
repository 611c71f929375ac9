-- title: How long each child in care lived with the same carer
-- grain: one row per child and date range with the same carer within one period of care
-- key: [child_id, first_day]
-- sources:
--   - "SSDA903 code set RNE: S, P and B mean a new carer; L, T and U do not"
--   - "catalogue P08 and P09: an absence (T0 to T4) with return does not end a placement"
-- columns:
--   child_id: The child, as in child
--   care_first_day: First day of the period of care
--   first_day: First day with the carer
--   next_day: First day after; null if it continues. Temporary absences are included
--   placement_id: First placement with the carer; null if unknown
--   is_adoptive_from_start: True if the first placement is for adoption
--   carer_before_first_day: First day with the carer before; null for the first carer
with ordered as (
    select
        episode_placement.*,
        lag(episode_placement.is_temporary) over in_order as was_temporary
    from episode_placement
    window in_order as (partition by episode_placement.child_id, episode_placement.care_first_day order by episode_placement.first_day)
),

home as (
    select
        ordered.*,
        lag(ordered.first_day) over in_order as first_day_before,
        lag(ordered.placement_id) over in_order as placement_before,
        lag(ordered.placement_type) over in_order as type_before,
        lag(ordered.urn) over in_order as urn_before,
        lag(upper(replace(ordered.postcode, ' ', ''))) over in_order as postcode_before,
        upper(replace(ordered.postcode, ' ', '')) as postcode_now
    from ordered
    where not ordered.is_temporary
    window in_order as (partition by ordered.child_id, ordered.care_first_day order by ordered.first_day)
),

compared as (
    select
        home.*,
        case
            when home.first_day_before is null or home.start_reason = 'S' then true
            when home.start_reason in ('L', 'T', 'U') then false
            -- Back after an absence: the same placement or address, or else the same type.
            when home.was_temporary or home.start_reason is null or home.start_reason not in ('P', 'B')
                then
                    coalesce(home.placement_id <> home.placement_before, true)
                    and not coalesce(
                        coalesce(home.urn = home.urn_before, true)
                        and coalesce(home.postcode_now = home.postcode_before, home.placement_type = home.type_before),
                        false
                    )
            else true
        end as is_new
    from home
),

numbered as (
    select
        compared.*,
        count(*) filter (where compared.is_new) over in_order as carer_no
    from compared
    window in_order as (partition by compared.child_id, compared.care_first_day order by compared.first_day)
),

with_carer as (
    select
        numbered.child_id,
        numbered.care_first_day,
        numbered.carer_no,
        min(numbered.first_day) as first_day,
        case when bool_and(numbered.next_day is not null) then max(numbered.next_day) end as next_day,
        case when bool_and(numbered.care_end_date is not null) then max(numbered.care_end_date) end as care_end_date,
        (array_agg(numbered.placement_id order by numbered.first_day))[1] as placement_id,
        (array_agg(numbered.placement_group = 'placed for adoption' order by numbered.first_day))[1] as is_adoptive_from_start
    from numbered
    group by numbered.child_id, numbered.care_first_day, numbered.carer_no
)

select
    with_carer.child_id,
    with_carer.care_first_day,
    with_carer.first_day,
    -- A child who is absent at the end is expected back.
    case
        when lead(with_carer.first_day) over in_order is null then with_carer.care_end_date
        else with_carer.next_day
    end as next_day,
    with_carer.placement_id,
    coalesce(with_carer.is_adoptive_from_start, false) as is_adoptive_from_start,
    lag(with_carer.first_day) over in_order as carer_before_first_day
from with_carer
window in_order as (partition by with_carer.child_id, with_carer.care_first_day order by with_carer.carer_no)
