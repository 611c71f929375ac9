-- title: Teams, and the id under which each team's series continues
-- grain: one row per team known to HR or the case system
-- key: [team_id]
-- sources: ["input contract, team_map: a renamed or merged team keeps one series, under its latest id"]
-- columns:
--   team_id: Team, of HR or the case system
--   series_team_id: Latest id of the team after renaming or merging
--   service: Service to which the team belongs; null if not mapped
with mapped as (
    select distinct on (team_map.hr_team_id)
        team_map.hr_team_id as team_id,
        team_map.dept_team_id as next_team_id,
        team_map.service
    from team_map
    order by team_map.hr_team_id asc, team_map.valid_from desc
),

known as (
    select ssd_department.dept_team_id as team_id
    from ssd_department
    union
    select mapped.team_id
    from mapped
)

-- An HR team is mapped to one of the case system, which may have been renamed since.
select
    known.team_id,
    coalesce(later.next_team_id, mapped.next_team_id, known.team_id) as series_team_id,
    coalesce(later.service, mapped.service) as service
from known
left join mapped on mapped.team_id = known.team_id
left join mapped as later on later.team_id = mapped.next_team_id and mapped.next_team_id <> known.team_id
