-- title: School absence of children in need
-- id: D50
-- question: Do children in need miss school?
-- grain: one row per child in need of school age with a pupil number, with the sessions of the terms that began in the period
-- calc: [percent, persistent, severe]
-- figures:
--   persistent: "100.0 * count(*) filter (where measure >= 10) / nullif(count(measure), 0)"
--   severe: "100.0 * count(*) filter (where measure >= 50) / nullif(count(measure), 0)"
-- better: low
-- periods: [year, term]
-- bands: [no attendance record]
-- needs: [school_attendance, ssd_cin_episodes]
-- sources:
--   - "national dashboard: sessions missed out of those possible; persistent is 10 per cent, severe 50 per cent"
--   - "children without an attendance record are counted separately"
-- used_by: [pack]
with term as (
    select
        school_attendance.person_id,
        school_attendance.sessions_possible,
        school_attendance.sessions_missed,
        make_date(
            left(school_attendance.academic_year, 4)::integer + case when school_attendance.term = 'autumn' then 0 else 1 end,
            case school_attendance.term when 'autumn' then 9 when 'spring' then 1 else 4 end,
            1
        ) as first_day
    from school_attendance
    where
        school_attendance.term in ('autumn', 'spring', 'summer')
        and school_attendance.academic_year ~ '^(19|20)[0-9][0-9]'
        -- More missed than possible sessions is an error; the row is ignored.
        and coalesce(school_attendance.sessions_missed <= school_attendance.sessions_possible, true)
),

attended as (
    select
        period.period_kind,
        period.period_end,
        term.person_id,
        sum(term.sessions_possible) as sessions_possible,
        sum(term.sessions_missed) as sessions_missed
    from period
    inner join term on term.first_day between period.period_start and period.as_at
    group by period.period_kind, period.period_end, term.person_id
),

in_need as (
    select
        period.period_kind,
        period.period_end,
        need_episode.child_id,
        max(need_episode.team_id) as team_id
    from period
    inner join need_episode
        on need_episode.referral_date <= period.as_at
        and (need_episode.close_date is null or need_episode.close_date > period.as_at)
    inner join school_age
        on school_age.child_id = need_episode.child_id
        and school_age.first_day <= period.as_at
        and school_age.last_day >= period.period_start
    inner join child on child.child_id = need_episode.child_id
    where not need_episode.is_not_in_need and child.upn is not null
    group by period.period_kind, period.period_end, need_episode.child_id
)

select
    in_need.period_kind,
    in_need.period_end,
    in_need.child_id as member_key,
    in_need.child_id,
    in_need.team_id,
    attended.sessions_missed as numerator,
    attended.sessions_possible as denominator,
    100 * attended.sessions_missed / nullif(attended.sessions_possible::numeric, 0) as measure,
    case when attended.person_id is null then 'no attendance record' end as band
from in_need
left join attended
    on attended.period_kind = in_need.period_kind
    and attended.period_end = in_need.period_end
    and attended.person_id = in_need.child_id
