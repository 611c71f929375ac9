-- title: Social workers per team manager
-- id: W30
-- question: Is oversight possible?
-- grain: one row per social worker's employment in a team with cases at the date
-- calc: ratio
-- better: low
-- periods: [snapshot]
-- needs: [ssd_involvements, ssd_professionals, ssd_cin_episodes, hr_worker, hr_post, hr_contract, agency_assignment]
-- sources: ["catalogue W30: FTE of social workers, agency included, over FTE of team managers (role group or census role 3)"]
-- used_by: [pack]
with here as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        employment.person_key,
        employment.worker_id,
        employment.team_id,
        employment.fte,
        coalesce(employment.role_group = 'team_manager', false)
        or coalesce(employment.csww_role = '3', false)
        or coalesce(employment.role_group = 'team manager', false) as is_manager
    from period
    inner join employment
        on employment.first_day <= period.as_at
        and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
    where employment.is_social_worker and employment.fte is not null
),

case_team as (
    select distinct
        here.period_kind,
        here.period_end,
        here.team_id
    from here
    inner join caseload
        on caseload.person_key = here.person_key
        and caseload.first_day <= here.as_at
        and (caseload.last_day is null or caseload.last_day >= here.as_at)
)

select
    here.period_kind,
    here.period_end,
    here.worker_id as member_key,
    here.worker_id,
    here.team_id,
    case when not here.is_manager then here.fte end as numerator,
    case when here.is_manager then here.fte end as denominator
from here
inner join case_team
    on case_team.period_kind = here.period_kind
    and case_team.period_end = here.period_end
    and case_team.team_id = here.team_id
