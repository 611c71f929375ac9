-- title: The agency workers of the census differ from those with an assignment on the day
-- severity: query
-- fields: {CSWWWorker: [SWENo, AgencyWorker]}
-- fix: "Check which assignments were open on 30 September and have no record, and which records have no assignment."
-- sources: ["derived from the meaning of the items"]
with sent as (
    select CSWWWorker.SWENo as swe_number
    from CSWWWorker
    where CSWWWorker.AgencyWorker = '1'
),

opened as (
    select agency_worker.swe_number
    from agency_assignment
    inner join agency_worker on agency_worker.agency_worker_id = agency_assignment.agency_worker_id
    cross join collection
    where
        agency_assignment.start_date <= collection.collection_end
        and (agency_assignment.end_date is null or agency_assignment.end_date >= collection.collection_end)
),

differing as (
    (
        select sent.swe_number from sent
        except
        select opened.swe_number from opened
    )
    union all
    (
        select opened.swe_number from opened
        except
        select sent.swe_number from sent
    )
)

select distinct
    '' as module,
    -1 as row_id
from differing
