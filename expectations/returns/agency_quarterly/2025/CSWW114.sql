-- title: The worker has under three years of experience after qualifying
-- severity: query
-- fields: {Assignment: [experience_months]}
-- fix: "End the assignment, or correct the months that were checked."
-- sources: ["Child and family social workers: agency rules, statutory guidance in force from 31 October 2024"]
select
    'Assignment' as module,
    Assignment.row_id
from Assignment
where
    Assignment.experience_months < 36
