-- title: When each child was looked after
-- grain: one row per child and unbroken stretch of days in care, series of short breaks left out
-- key: [child_id, first_day]
-- sources: ["SSDA903 guide: V3 and V4 are agreements for short breaks, not care", "catalogue convention K08"]
with episode as (
    select
        ssd_cla_episodes.clae_person_id as child_id,
        range_agg(
            daterange(ssd_cla_episodes.clae_cla_episode_start_date, ssd_cla_episodes.clae_cla_episode_ceased_date, '[)')
        ) as days
    from ssd_cla_episodes
    where
        ssd_cla_episodes.clae_person_id is not null
        and ssd_cla_episodes.clae_cla_episode_start_date is not null
        and (
            ssd_cla_episodes.clae_cla_episode_ceased_date is null
            or ssd_cla_episodes.clae_cla_episode_ceased_date > ssd_cla_episodes.clae_cla_episode_start_date
        )
    group by ssd_cla_episodes.clae_person_id
),

short_break as (
    select
        ssd_legal_status.lega_person_id as child_id,
        range_agg(
            daterange(ssd_legal_status.lega_legal_status_start_date, ssd_legal_status.lega_legal_status_end_date, '[)')
        ) as days
    from ssd_legal_status
    inner join code_alias as status
        on status.code_list = 'ssda903.LS' and status.alias = lower(ssd_legal_status.lega_legal_status)
    where
        status.code in ('V3', 'V4')
        and ssd_legal_status.lega_legal_status_start_date is not null
        and (
            ssd_legal_status.lega_legal_status_end_date is null
            or ssd_legal_status.lega_legal_status_end_date > ssd_legal_status.lega_legal_status_start_date
        )
    group by ssd_legal_status.lega_person_id
),

period_of_care as (
    select
        episode.child_id,
        unnest(episode.days - coalesce(short_break.days, '{}')) as days
    from episode
    left join short_break on short_break.child_id = episode.child_id
)

select
    period_of_care.child_id,
    lower(period_of_care.days) as first_day,
    upper(period_of_care.days) - 1 as last_day
from period_of_care
