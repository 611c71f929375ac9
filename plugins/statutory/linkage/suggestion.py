"""The relation `link_suggestion` of a night: professionals who cannot be linked by number or e-mail, and the likely
worker."""

from psycopg import sql

from statutory.linkage.people import Person, link
from statutory.night import Night
from statutory.postgres import Connection

PROFESSIONALS = """
    select
        professional.prof_professional_id, professional.prof_professional_name,
        min(involvement.invo_involvement_start_date),
        coalesce(department.dept_team_name, professional.prof_professional_department)
    from ssd_professionals as professional
    inner join ssd_involvements as involvement on involvement.invo_professional_id = professional.prof_professional_id
    left join ssd_department as department on department.dept_team_id = professional.prof_professional_department
    where professional.prof_professional_name is not null
    and not exists (
        select 1 from hr_worker
        where hr_worker.swe_number = professional.prof_social_worker_registration_no
        or hr_worker.staff_id = professional.prof_staff_id
        or lower(hr_worker.email) = lower(professional.prof_staff_id)
    )
    and not exists (
        select 1 from agency_worker where agency_worker.swe_number = professional.prof_social_worker_registration_no
    )
    and not exists (
        select 1 from worker_link_override as override
        where override.professional_id = professional.prof_professional_id
    )
    group by professional.prof_professional_id, professional.prof_professional_name, department.dept_team_name,
        professional.prof_professional_department
"""
WORKERS = """
    select 'hr/' || hr_worker.worker_id, hr_worker.full_name, min(hr_contract.start_date),
        (array_agg(coalesce(department.dept_team_name, hr_post.team_id) order by hr_contract.start_date desc))[1]
    from hr_worker
    inner join hr_contract on hr_contract.worker_id = hr_worker.worker_id
    left join hr_post on hr_post.post_id = hr_contract.post_id
    left join team_map on team_map.hr_team_id = hr_post.team_id
    left join ssd_department as department on department.dept_team_id = coalesce(team_map.dept_team_id, hr_post.team_id)
    where hr_worker.full_name is not null
    group by hr_worker.worker_id, hr_worker.full_name
    union all
    select 'agency/' || agency_worker.agency_worker_id, agency_worker.full_name, min(assignment.start_date),
        (array_agg(coalesce(department.dept_team_name, assignment.team_id) order by assignment.start_date desc))[1]
    from agency_worker
    inner join agency_assignment as assignment on assignment.agency_worker_id = agency_worker.agency_worker_id
    left join team_map on team_map.hr_team_id = assignment.team_id
    left join ssd_department as department
        on department.dept_team_id = coalesce(team_map.dept_team_id, assignment.team_id)
    where agency_worker.full_name is not null
    group by agency_worker.agency_worker_id, agency_worker.full_name
"""
THRESHOLD = """
    select value::double precision from (
        select 1 as choice, name, valid_from, valid_to, value from local_parameter
        union all
        select 2, name, valid_from, valid_to, value from shipped_parameter
    ) as known
    where name = 'link_threshold' and valid_from <= %(night)s and (valid_to is null or valid_to > %(night)s)
    order by choice, valid_from desc limit 1
"""


def make(connection: Connection) -> None:
    """Make the relation, empty."""
    connection.execute(
        "create table link_suggestion (professional_id text primary key, worker_id text, agency_worker_id text,"
        " probability numeric not null)"
    )


def fill(night: Night) -> int:
    """Link the remaining professionals above the night's parameter `link_threshold`; return the number of links.

    The search path is on the night. Names are compared in memory and not stored.
    """
    professionals = [Person(*row) for row in night.connection.execute(PROFESSIONALS)]
    if not professionals:
        return 0
    workers = [Person(*row) for row in night.connection.execute(WORKERS)]
    ((threshold,),) = night.connection.execute(THRESHOLD, {"night": night.day}).fetchall()
    found = link(professionals, workers, threshold)
    with night.connection.cursor() as cursor:
        cursor.executemany(
            sql.SQL("insert into link_suggestion values (%s, %s, %s, %s)"),
            [
                (
                    one.left,
                    one.right.removeprefix("hr/") if one.right.startswith("hr/") else None,
                    one.right.removeprefix("agency/") if one.right.startswith("agency/") else None,
                    f"{one.probability:.6f}",
                )
                for one in found
            ],
        )
    return len(found)
