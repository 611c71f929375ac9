-- title: An assignment ends before it starts, or is outside the quarter
-- severity: error
-- fields: {Assignment: [start_date, end_date]}
-- fix: "Correct whichever date is wrong, or leave the assignment out."
-- sources: ["Child and family social workers: agency rules, statutory guidance in force from 31 October 2024"]
select
    'Assignment' as module,
    Assignment.row_id
from Assignment
cross join collection
where
    Assignment.end_date < Assignment.start_date
    or Assignment.start_date > collection.collection_end
    or Assignment.end_date < collection.collection_start
