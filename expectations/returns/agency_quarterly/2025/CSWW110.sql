-- title: An assignment lacks its registration number, job type, hourly pay or start
-- severity: error
-- fields: {Assignment: [swe_number, job_type, hourly_rate, start_date]}
-- fix: "Fill in the item in the agency's records; the job type is one of the five groups."
-- sources: ["Child and family social workers: agency rules, statutory guidance in force from 31 October 2024"]
select
    'Assignment' as module,
    Assignment.row_id
from Assignment
where
    Assignment.swe_number is null
    or coalesce(lower(Assignment.job_type), '') not in (
        'social worker',
        'senior social worker',
        'advanced practitioner',
        'team manager',
        'reviewing officer or conference chair'
    )
    or Assignment.hourly_rate is null
    or Assignment.start_date is null
