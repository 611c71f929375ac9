-- title: From when visits to each child in care are counted
-- grain: one row per child and date range with one carer; a care order made while the child lives at home begins a new one
-- key: [child_id, first_day]
-- sources: ["Care Planning Regulations 2010, regulation 28(2) and 28(5)", "catalogue T27: the same carer (T, U) or an absence does not restart the clock"]
-- columns:
--   child_id: The child, as in child
--   care_first_day: First day of the period of care
--   care_end_date: Day of leaving care; null if care continues
--   first_day: First day from which visits are counted
--   end_date: First day after; null if it continues
--   is_last: True for the last date range of the period of care
--   placement_end_date: Day the placement with the carer ended; null if it continues
--   carer_first_day: First day with the carer
--   placement_id: First placement with the carer; null if unknown
--   is_new: False if the records begin in the middle of a placement, or before the first placement on record
with with_carer as (
    select
        carer_placement.child_id,
        carer_placement.care_first_day,
        carer_placement.first_day,
        carer_placement.next_day,
        carer_placement.first_day as carer_first_day,
        carer_placement.placement_id,
        not coalesce(episode_placement.start_reason in ('L', 'T', 'U'), false) as is_new,
        row_number() over (partition by carer_placement.child_id, carer_placement.care_first_day order by carer_placement.first_day) as carer_no
    from carer_placement
    left join episode_placement
        on episode_placement.child_id = carer_placement.child_id and episode_placement.first_day = carer_placement.first_day
),

begun as (
    select
        with_carer.child_id,
        with_carer.care_first_day,
        -- Records may begin in the middle of a placement.
        case when with_carer.carer_no = 1 and not with_carer.is_new then with_carer.care_first_day else with_carer.first_day end as first_day,
        with_carer.next_day,
        case when with_carer.carer_no = 1 and not with_carer.is_new then with_carer.care_first_day else with_carer.carer_first_day end as carer_first_day,
        with_carer.placement_id,
        with_carer.is_new
    from with_carer
    union all
    -- A full care order for a child who lives at home.
    select
        with_carer.child_id,
        with_carer.care_first_day,
        legal_status.first_day,
        with_carer.next_day,
        with_carer.carer_first_day,
        episode_placement.home_placement_id as placement_id,
        true as is_new
    from with_carer
    inner join legal_status
        on legal_status.child_id = with_carer.child_id
        and legal_status.first_day > with_carer.first_day
        and (with_carer.next_day is null or legal_status.first_day < with_carer.next_day)
    inner join episode_placement
        on episode_placement.child_id = with_carer.child_id
        and episode_placement.first_day <= legal_status.first_day
        and (episode_placement.next_day is null or episode_placement.next_day > legal_status.first_day)
    where legal_status.status = 'C2' and episode_placement.home_group = 'with parents'
    union all
    -- Days in care before the first placement on record.
    select
        care_period.child_id,
        care_period.first_day as care_first_day,
        care_period.first_day,
        care_period.end_date as next_day,
        care_period.first_day as carer_first_day,
        null::text as placement_id,
        false as is_new
    from care_period
    left join with_carer on with_carer.child_id = care_period.child_id and with_carer.care_first_day = care_period.first_day and with_carer.carer_no = 1
    where with_carer.first_day is null or (with_carer.is_new and with_carer.first_day > care_period.first_day)
),

one_a_day as (
    select distinct on (begun.child_id, begun.first_day)
        begun.*,
        care_period.end_date as care_end_date
    from begun
    inner join care_period on care_period.child_id = begun.child_id and care_period.first_day = begun.care_first_day
    order by begun.child_id asc, begun.first_day asc, begun.placement_id asc nulls last
)

select
    one_a_day.child_id,
    one_a_day.care_first_day,
    one_a_day.care_end_date,
    one_a_day.first_day,
    coalesce(lead(one_a_day.first_day) over in_order, one_a_day.care_end_date) as end_date,
    lead(one_a_day.first_day) over in_order is null as is_last,
    least(one_a_day.next_day, lead(one_a_day.first_day) over in_order, one_a_day.care_end_date) as placement_end_date,
    one_a_day.carer_first_day,
    one_a_day.placement_id,
    one_a_day.is_new
from one_a_day
window in_order as (partition by one_a_day.child_id, one_a_day.care_first_day order by one_a_day.first_day)
