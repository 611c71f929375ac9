-- title: The notice is not four weeks
-- severity: query
-- fields: {Assignment: [notice_days]}
-- fix: "Agree four weeks, or record that permanent staff in the same role have a shorter notice."
-- sources: ["Child and family social workers: agency rules, statutory guidance in force from 31 October 2024"]
select
    'Assignment' as module,
    Assignment.row_id
from Assignment
where
    Assignment.notice_days <> 28
