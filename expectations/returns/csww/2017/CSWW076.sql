-- title: "More than 50 cases for a full-time equivalent, or cases without hours"
-- severity: query
-- fields: {CSWWWorker: [Cases30, FTE]}
-- fix: "Check whether the worker holds these cases; count each person once."
-- sources: ["Children's social work workforce: attrition, caseload and agency workforce, footnotes of the caseload data"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where CSWWWorker.Cases30 > 0 and CSWWWorker.Cases30 > 50 * CSWWWorker.FTE
