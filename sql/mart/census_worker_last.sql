-- title: The records of the workforce census that was submitted last
-- grain: one row per record of the census, with the worker it named and the one who has its registration number now
-- key: [record_no]
-- sources: ["catalogue Q13: the census submitted last is compared with who works now"]
with numbered as (
    select
        hr_worker.swe_number,
        min(hr_worker.worker_id) as worker_id
    from hr_worker
    group by hr_worker.swe_number
    union all
    select
        agency_worker.swe_number,
        min(agency_worker.agency_worker_id) as worker_id
    from agency_worker
    left join hr_worker on hr_worker.swe_number = agency_worker.swe_number
    where hr_worker.swe_number is null
    group by agency_worker.swe_number
)

select
    submitted_record.row_id as record_no,
    submitted_record.last_day,
    coalesce(submitted_record.record ->> 'agencyworker' = '1', false) as is_agency,
    submitted_record.record ->> 'roleenddate_text' is null as was_in_post,
    submitted_record.record ->> 'worker_id' as worker_id,
    numbered.worker_id as present_worker_id
from submitted_record
left join numbered on numbered.swe_number = submitted_record.record ->> 'sweno'
where
    submitted_record.return_id = 'csww'
    and submitted_record.module = 'cswwworker'
