"""The breakdowns of an indicator: by team, and by what is known about each child on the as-at date."""

from psycopg import sql

from statutory.indicators.definition import Indicator
from statutory.warehouse.connection import Connection

WHOLE = "whole"
TEAM = "team"
# Each breakdown of children and the column of `child_state` that says which part a child is of.
OF_CHILDREN = {
    "age band": "age_band",
    "sex": "sex",
    "ethnic group": "ethnic_group",
    "disability": "disability",
    "primary need": "primary_need",
    "placement": "placement_group",
    "unaccompanied": "unaccompanied",
    "worker": "worker_status",
}
BREAKDOWNS = (TEAM, *OF_CHILDREN)

NOT_RECORDED = "not recorded"

# One row per requested as-at date and child. "Not recorded" is a separate part; it never counts as "no".
_STATE = """
create temp table child_state on commit drop as
with day as (
    select distinct as_at from pg_temp.period
),
need as (
    select distinct on (day.as_at, need_episode.child_id) day.as_at, need_episode.child_id, need_episode.primary_need
    from day
    inner join need_episode on need_episode.referral_date <= day.as_at
    order by day.as_at, need_episode.child_id, need_episode.referral_date desc, need_episode.referral_id desc
),
placed as (
    select distinct on (day.as_at, placement.child_id) day.as_at, placement.child_id, placement.placement_group
    from day
    inner join placement
        on placement.start_date <= day.as_at and (placement.end_date is null or placement.end_date > day.as_at)
    where placement.child_id is not null
    order by day.as_at, placement.child_id, placement.start_date desc, placement.placement_id desc
),
held as (
    select distinct on (day.as_at, allocated_worker.child_id)
        day.as_at, allocated_worker.child_id, employment.is_agency
    from day
    inner join allocated_worker
        on allocated_worker.first_day <= day.as_at
        and (allocated_worker.last_day is null or allocated_worker.last_day >= day.as_at)
    left join employment
        on employment.person_key = allocated_worker.person_key
        and employment.first_day <= day.as_at
        and (employment.last_day is null or employment.last_day >= day.as_at)
    order by day.as_at, allocated_worker.child_id, employment.is_agency
)
select
    day.as_at,
    child.child_id,
    case
        when child.birth_date > day.as_at or (child.birth_date is null and child.expected_birth_date is not null)
            then 'unborn'
        when child.birth_date is null then 'not recorded'
        when child.birth_date > day.as_at - interval '1 year' then 'under 1'
        when child.birth_date > day.as_at - interval '5 years' then '1 to 4'
        when child.birth_date > day.as_at - interval '10 years' then '5 to 9'
        when child.birth_date > day.as_at - interval '16 years' then '10 to 15'
        when child.birth_date > day.as_at - interval '18 years' then '16 and 17'
        else '18 or over'
    end as age_band,
    coalesce(child.sex, 'not recorded') as sex,
    coalesce(child.ethnic_group, 'not recorded') as ethnic_group,
    case when child.is_disabled then 'disabled' when not child.is_disabled then 'not disabled' else 'not recorded' end
        as disability,
    coalesce(need.primary_need, 'not recorded') as primary_need,
    case
        when care_period.child_id is null then 'not in care' else coalesce(placed.placement_group, 'not recorded')
    end as placement_group,
    case when unaccompanied.child_id is not null then 'unaccompanied' else 'other' end as unaccompanied,
    case
        when held.child_id is null then 'no social worker'
        when held.is_agency then 'agency'
        when not held.is_agency then 'own staff'
        else 'not known to HR'
    end as worker_status
from day
cross join child
left join need on need.as_at = day.as_at and need.child_id = child.child_id
left join placed on placed.as_at = day.as_at and placed.child_id = child.child_id
left join held on held.as_at = day.as_at and held.child_id = child.child_id
left join care_period
    on care_period.child_id = child.child_id
    and care_period.first_day <= day.as_at
    and (care_period.last_day is null or care_period.last_day >= day.as_at)
left join unaccompanied
    on unaccompanied.child_id = child.child_id
    and unaccompanied.first_day <= day.as_at
    and (unaccompanied.last_day is null or unaccompanied.last_day >= day.as_at)
"""


def fill_child_state(connection: Connection) -> None:
    """Make the temporary table `child_state` for the as-at dates in `period`."""
    connection.execute("drop table if exists pg_temp.child_state")
    connection.execute(_STATE)
    # Members are few compared with all children.
    connection.execute("create index on pg_temp.child_state (child_id, as_at); analyze pg_temp.child_state")


def of(indicator: Indicator) -> tuple[str, ...]:
    """The breakdowns that an indicator's members have."""
    found: tuple[str, ...] = ()
    if "team_id" in indicator.columns:
        found += (TEAM,)
    if "child_id" in indicator.columns:
        found += tuple(OF_CHILDREN)
    return found


def described(by: tuple[str, ...], members: str) -> sql.Composable:
    """The members with a column for each requested breakdown; breakdowns of children need `child_state`."""
    columns = [
        sql.SQL("coalesce(member.team_id, {}) as {}").format(sql.Literal(""), sql.Identifier(name))
        if name == TEAM
        else sql.SQL("coalesce(child_state.{}, {}) as {}").format(
            sql.Identifier(OF_CHILDREN[name]), sql.Literal(NOT_RECORDED), sql.Identifier(name)
        )
        for name in by
    ]
    joined = sql.SQL("")
    if set(by) & OF_CHILDREN.keys():
        joined = sql.SQL(
            " left join pg_temp.period as of_period"
            " on of_period.period_kind = member.period_kind and of_period.period_end = member.period_end"
            " left join pg_temp.child_state"
            " on child_state.child_id = member.child_id and child_state.as_at = of_period.as_at"
        )
    return (
        sql.SQL("select {} from {} as member").format(
            sql.SQL(", ").join([sql.SQL("member.*"), *columns]), sql.Identifier(members)
        )
        + joined
    )
