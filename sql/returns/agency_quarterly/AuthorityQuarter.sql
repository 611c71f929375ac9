-- title: The authority's use of agency workers in the quarter
-- grain: one row
-- years: {first: 2025}
-- sources: ["Agency child and family social workers: data and price caps; the department's template was not available; the field names are ours"]
with counted as (
    select
        count(*) filter (where Assignment.end_date is null or Assignment.end_date >= collection.collection_end) as open_assignments,
        count(distinct Assignment.worker_id) as workers,
        count(*) filter (where Assignment.capped_hourly_amount > agency_rate_cap.cap_hour) as above_cap,
        count(*) filter (
            where Assignment.capped_hourly_amount > agency_rate_cap.cap_hour and Assignment.cap_exception_approved = '1'
        ) as above_cap_approved
    from collection
    left join Assignment on true
    left join own_authority
        on own_authority.valid_from <= collection.collection_end
        and (own_authority.valid_to is null or own_authority.valid_to > collection.collection_end)
    left join agency_rate_cap
        on agency_rate_cap.region = own_authority.agency_region
        and lower(agency_rate_cap.role_group) = lower(Assignment.job_type)
        and agency_rate_cap.valid_from <= collection.collection_end
        and (agency_rate_cap.valid_to is null or agency_rate_cap.valid_to > collection.collection_end)
),

cost as (
    select
        sum(agency_invoice.amount_net) filter (
            where agency_invoice.week_ending < collection.collection_start + interval '1 month'
        ) as first_month,
        sum(agency_invoice.amount_net) filter (
            where
            agency_invoice.week_ending >= collection.collection_start + interval '1 month'
            and agency_invoice.week_ending < collection.collection_start + interval '2 months'
        ) as second_month,
        sum(agency_invoice.amount_net) filter (
            where agency_invoice.week_ending >= collection.collection_start + interval '2 months'
        ) as third_month
    from collection
    left join agency_invoice
        on agency_invoice.week_ending between collection.collection_start and collection.collection_end
        and agency_invoice.status is distinct from 'disputed'
)

select
    0 as row_id,
    collection.collection_start as quarter_start,
    collection.collection_end as quarter_end,
    counted.open_assignments,
    counted.workers,
    counted.above_cap,
    counted.above_cap_approved,
    cost.first_month as cost_first_month,
    cost.second_month as cost_second_month,
    cost.third_month as cost_third_month
from collection
cross join counted
cross join cost
