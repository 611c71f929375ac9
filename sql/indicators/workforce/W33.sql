-- title: Agency assignments above the price cap
-- id: W33
-- question: Do we pay above the region's cap?
-- grain: one row per assignment of the quarter under the rules whose pay and cap are known
-- calc: percent
-- better: low
-- periods: [three_months]
-- needs: [agency_assignment, agency_rate_cap]
-- sources: ["Child and family social workers: agency rules, price caps; new assignments from 31 October 2024, all from 1 October 2025"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    agency_assignment.assignment_id as member_key,
    agency_assignment.agency_worker_id as worker_id,
    agency_assignment.team_id,
    -- The agency's fee is not part of the capped amount.
    case
        when
            agency_assignment.pay_rate_hour + coalesce(agency_assignment.employer_ni_hour, 0) + coalesce(agency_assignment.levy_hour, 0)
            > agency_rate_cap.cap_hour
            then 1
        else 0
    end as numerator,
    1 as denominator
from period
inner join agency_assignment
    on agency_assignment.start_date <= period.as_at
    and (agency_assignment.end_date is null or agency_assignment.end_date >= period.period_start)
    and (agency_assignment.start_date >= '2024-10-31' or period.period_end >= '2025-10-01')
inner join own_authority
    on own_authority.valid_from <= period.as_at and (own_authority.valid_to is null or own_authority.valid_to > period.as_at)
inner join agency_rate_cap
    on agency_rate_cap.region = own_authority.agency_region
    and agency_rate_cap.role_group = agency_assignment.role_group
    and agency_rate_cap.valid_from <= period.as_at
    and (agency_rate_cap.valid_to is null or agency_rate_cap.valid_to > period.as_at)
where agency_assignment.pay_rate_hour is not null
