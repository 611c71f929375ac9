-- title: The worker left a permanent post here or in the region less than three months before
-- severity: query
-- fields: {Assignment: [swe_number, left_substantive_on, start_date]}
-- fix: "End the assignment, or record why the rule does not apply."
-- sources: ["Child and family social workers: agency rules, statutory guidance in force from 31 October 2024"]
select
    'Assignment' as module,
    Assignment.row_id
from Assignment
where
    (Assignment.left_substantive_on + interval '3 months')::date > Assignment.start_date
