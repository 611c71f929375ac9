-- title: The hourly cost is above the region's cap without a recorded approval
-- severity: query
-- fields: {Assignment: [capped_hourly_amount, job_type]}
-- fix: "Record the reason for the breach and who approved it, or correct the rate."
-- sources: ["Child and family social workers: agency rules, statutory guidance in force from 31 October 2024"]
select
    'Assignment' as module,
    Assignment.row_id
from Assignment
cross join collection
inner join own_authority
    on own_authority.valid_from <= collection.collection_end
    and (own_authority.valid_to is null or own_authority.valid_to > collection.collection_end)
inner join agency_rate_cap
    on agency_rate_cap.region = own_authority.agency_region
    and lower(agency_rate_cap.role_group) = lower(Assignment.job_type)
    and agency_rate_cap.valid_from <= collection.collection_end
    and (agency_rate_cap.valid_to is null or agency_rate_cap.valid_to > collection.collection_end)
where
    Assignment.capped_hourly_amount > agency_rate_cap.cap_hour
    and coalesce(Assignment.cap_exception_approved, '0') <> '1'
    and (Assignment.start_date >= '2024-10-31' or collection.collection_end >= '2025-10-01')
