-- title: Funded posts of social workers and how far employed workers fill them
-- grain: one row per post in scope and date range without a change of funding or holders
-- key: [post_id, first_day]
-- sources: ["CSWW statistics: vacancies, whether or not an agency worker covers them", "catalogue conventions K08 and W04"]
-- columns:
--   post_id: Post, as in hr_post
--   first_day: First day of the date range
--   last_day: Last day of the date range; null if it continues
--   team_id: Team of the post, as mapped to the case system; null if not recorded
--   funded_fte: FTE that the post is funded for
--   held_fte: FTE of employed workers in the post; 0 if none
--   vacant_fte: Funded minus held FTE, at least 0; agency workers fill none
with version as (
    select
        hr_post.post_id,
        hr_post.team_id as source_team_id,
        hr_post.funded_fte,
        daterange(hr_post.valid_from, hr_post.valid_to, '[)') as days
    from hr_post
    where
        hr_post.csww_scope
        and hr_post.budget_status is distinct from 'supernumerary'
        and hr_post.valid_from is not null
        and (hr_post.valid_to is null or hr_post.valid_to > hr_post.valid_from)
),

holder as (
    select
        employment.post_id,
        employment.fte,
        daterange(employment.first_day, employment.last_counted_day, '[]') as days
    from employment
    where
        not employment.is_agency
        and employment.fte is not null
        and (employment.last_counted_day is null or employment.last_counted_day >= employment.first_day)
),

change as (
    select
        version.post_id,
        lower(version.days) as day
    from version
    union
    select
        version.post_id,
        lower(holder.days * version.days) as day
    from version
    inner join holder on holder.post_id = version.post_id and holder.days && version.days
    union
    select
        version.post_id,
        upper(holder.days) as day
    from version
    inner join holder on holder.post_id = version.post_id
    where version.days @> upper(holder.days)
),

day_range as (
    select
        version.post_id,
        version.source_team_id,
        version.funded_fte,
        change.day as first_day,
        lead(change.day) over (partition by version.post_id, version.days order by change.day) as next_day,
        upper(version.days) as version_ends
    from version
    inner join change on change.post_id = version.post_id and version.days @> change.day
)

select
    day_range.post_id,
    day_range.first_day,
    coalesce(day_range.next_day, day_range.version_ends) - 1 as last_day,
    coalesce(team_map.dept_team_id, day_range.source_team_id) as team_id,
    day_range.funded_fte,
    coalesce(sum(holder.fte), 0) as held_fte,
    greatest(0, day_range.funded_fte - coalesce(sum(holder.fte), 0)) as vacant_fte
from day_range
left join holder on holder.post_id = day_range.post_id and holder.days @> day_range.first_day
left join team_map
    on team_map.hr_team_id = day_range.source_team_id
    and team_map.valid_from <= day_range.first_day
    and (team_map.valid_to is null or team_map.valid_to > day_range.first_day)
group by
    day_range.post_id,
    day_range.first_day,
    day_range.next_day,
    day_range.version_ends,
    day_range.funded_fte,
    coalesce(team_map.dept_team_id, day_range.source_team_id)
