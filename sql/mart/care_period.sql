-- title: Periods of care of each child
-- grain: one row per child and period of care, series of short breaks left out
-- key: [child_id, first_day]
-- sources: ["SSDA903 guide: V3 and V4 are agreements for short breaks, not care", "catalogue conventions K08 and K12, D28 to D30", "docs/conventions.md"]
-- columns:
--   child_id: The child, as in child
--   first_day: First day in care
--   last_day: Last day in care; null if it continues; the day before first_day if care began and ended on one day
--   end_date: Day of leaving care, the first day not in care; null if it continues
--   care_id: The case system's id of the period of care (clae_cla_id); null if not recorded
--   start_reason: Code of the reason why the first episode began (ssda903.RNE); null if not recorded
--   end_reason: Code of the reason why care ended (ssda903.REC); null while it continues or if not recorded
--   care_key: Unique key of the period of care, made of care_id or the child
with recorded as (
    -- Records that begin on one day are one episode, which is open while any of them is.
    select
        ssd_cla_episodes.clae_person_id as child_id,
        ssd_cla_episodes.clae_cla_episode_start_date as start_date,
        max(ssd_cla_episodes.clae_cla_episode_id) as episode_id,
        (
            array_agg(ssd_cla_episodes.clae_cla_id order by ssd_cla_episodes.clae_cla_episode_id)
            filter (where ssd_cla_episodes.clae_cla_id is not null)
        )[1] as care_id,
        case
            when bool_and(ssd_cla_episodes.clae_cla_episode_ceased_date is not null)
                then max(ssd_cla_episodes.clae_cla_episode_ceased_date)
        end as end_date,
        min(ssd_cla_episodes.clae_entered_care_date) as entered_date,
        (
            array_agg(ssd_cla_episodes.clae_cla_episode_start_reason order by ssd_cla_episodes.clae_cla_episode_id desc)
            filter (where ssd_cla_episodes.clae_cla_episode_start_reason is not null)
        )[1] as start_reason,
        (
            array_agg(
                ssd_cla_episodes.clae_cla_episode_ceased_reason
                order by ssd_cla_episodes.clae_cla_episode_ceased_date desc nulls last, ssd_cla_episodes.clae_cla_episode_id desc
            )
            filter (where ssd_cla_episodes.clae_cla_episode_ceased_reason is not null)
        )[1] as end_reason
    from ssd_cla_episodes
    where
        ssd_cla_episodes.clae_person_id is not null
        and ssd_cla_episodes.clae_cla_episode_start_date is not null
        and (
            ssd_cla_episodes.clae_cla_episode_ceased_date is null
            or ssd_cla_episodes.clae_cla_episode_ceased_date >= ssd_cla_episodes.clae_cla_episode_start_date
        )
    group by ssd_cla_episodes.clae_person_id, ssd_cla_episodes.clae_cla_episode_start_date
),

held as (
    select
        recorded.episode_id,
        recorded.child_id,
        recorded.care_id,
        recorded.start_date,
        recorded.entered_date,
        recorded.start_reason,
        recorded.end_reason,
        child.left_date,
        -- An open episode ends when the next begins, or with adoption.
        least(
            coalesce(recorded.end_date, lead(recorded.start_date) over in_order),
            case when child.adopted_date > recorded.start_date then child.adopted_date end
        ) as end_date,
        lag(recorded.end_date) over in_order as end_before
    from recorded
    left join child on child.child_id = recorded.child_id
    window in_order as (partition by recorded.child_id order by recorded.start_date)
),

dated as (
    select
        held.*,
        -- Records that begin in the middle of a period of care still have the day of entry.
        case
            when
                held.start_reason <> 'S' and held.entered_date < held.start_date
                and (held.end_before is null or held.end_before <= held.entered_date) then held.entered_date
            else held.start_date
        end as first_day,
        -- Care ends with death or the 18th birthday, whatever the end date.
        least(held.end_date, held.left_date) as next_day
    from held
    where held.left_date is null or held.left_date > held.start_date
),

short_break as (
    select
        legal_status.child_id,
        range_agg(daterange(legal_status.first_day, legal_status.last_day, '[]')) as days
    from legal_status
    where legal_status.is_short_break
    group by legal_status.child_id
),

in_care as (
    select
        dated.child_id,
        range_agg(daterange(dated.first_day, dated.next_day, '[)')) as days
    from dated
    group by dated.child_id
),

day_range as (
    select
        in_care.child_id,
        unnest(in_care.days - coalesce(short_break.days, '{}')) as days
    from in_care
    left join short_break on short_break.child_id = in_care.child_id
),

period_of_care as (
    select
        day_range.child_id,
        lower(day_range.days) as first_day,
        upper(day_range.days) as next_day
    from day_range
    union
    -- Began and ended on one day: in no snapshot, but counted as entering and leaving care.
    select
        dated.child_id,
        dated.first_day,
        dated.next_day
    from dated
    left join in_care on in_care.child_id = dated.child_id
    left join short_break on short_break.child_id = dated.child_id
    where
        dated.next_day = dated.first_day
        and not coalesce(in_care.days, '{}') && daterange(dated.first_day - 1, dated.first_day, '[]')
        and not coalesce(short_break.days, '{}') @> dated.first_day
),

known as (
    select
        period_of_care.child_id,
        period_of_care.first_day,
        period_of_care.next_day - 1 as last_day,
        period_of_care.next_day as end_date,
        (array_agg(dated.care_id order by dated.start_date, dated.episode_id) filter (where dated.care_id is not null))[1] as care_id,
        (array_agg(dated.start_reason order by dated.start_date, dated.episode_id))[1] as start_reason,
        case
            when period_of_care.next_day is not null
                then (array_agg(dated.end_reason order by dated.start_date desc, dated.episode_id desc))[1]
        end as end_reason
    from period_of_care
    inner join dated
        on dated.child_id = period_of_care.child_id
        and dated.first_day <= coalesce(greatest(period_of_care.next_day - 1, period_of_care.first_day), 'infinity'::date)
        and (dated.next_day is null or dated.next_day >= period_of_care.first_day)
        and (dated.next_day is null or dated.next_day > period_of_care.first_day or dated.next_day = dated.first_day)
    group by period_of_care.child_id, period_of_care.first_day, period_of_care.next_day
)

select
    known.child_id,
    known.first_day,
    known.last_day,
    known.end_date,
    known.care_id,
    known.start_reason,
    known.end_reason,
    -- The case system's id, unless two periods of care share it.
    case
        when
            row_number() over (partition by coalesce(known.care_id, known.child_id) order by known.child_id, known.first_day) = 1
            then coalesce(known.care_id, known.child_id)
        else known.child_id || '/' || known.first_day
    end as care_key
from known
