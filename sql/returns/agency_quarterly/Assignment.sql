-- title: Agency assignments of the quarter
-- grain: one row per assignment with a day in the quarter
-- years: {first: 2025}
-- sources: ["Agency child and family social workers: data and price caps; the department's template was not available; the field names are ours"]
select
    row_number() over (order by agency_assignment.assignment_id) - 1 as row_id,
    agency_assignment.agency_worker_id as worker_id,
    agency_assignment.team_id,
    agency_assignment.assignment_id,
    agency_worker.swe_number,
    agency_assignment.role_group as job_type,
    agency_assignment.pay_rate_hour as hourly_rate,
    agency_assignment.start_date,
    agency_assignment.end_date,
    case when agency_assignment.assignment_type in ('project_team', 'managed_service') then '1' else '0' end as project_team_flag,
    -- The agency's fee is not part of the capped amount.
    agency_assignment.pay_rate_hour + coalesce(agency_assignment.employer_ni_hour, 0) + coalesce(agency_assignment.levy_hour, 0)
        as capped_hourly_amount,
    case when agency_assignment.cap_exception_approved then '1' else '0' end as cap_exception_approved,
    coalesce(
        agency_worker.pqe_direct_months,
        extract(year from age(agency_assignment.start_date, agency_worker.pqe_start)) * 12
        + extract(month from age(agency_assignment.start_date, agency_worker.pqe_start))
    ) as experience_months,
    (
        select max(agency_leaving.left_on)
        from agency_leaving
        where
            agency_leaving.agency_worker_id = agency_assignment.agency_worker_id
            and not agency_leaving.is_excepted
            and agency_leaving.left_on < agency_assignment.start_date
    ) as left_substantive_on,
    agency_assignment.notice_days_terms as notice_days
from agency_assignment
cross join collection
left join agency_worker on agency_worker.agency_worker_id = agency_assignment.agency_worker_id
where
    agency_assignment.start_date <= collection.collection_end
    and (agency_assignment.end_date is null or agency_assignment.end_date >= collection.collection_start)
