-- title: "The software or time of creation is missing, or the file is older than its reference date"
-- severity: query
-- fields: {Header: [SoftwareCode, DateTime]}
-- fix: "Include the software's name and the time of creation, after the reference date."
-- sources: ["derived from the meaning of the items"]
select
    'Header' as module,
    Header.row_id
from Header
where
    Header.SoftwareCode is null
    or Header.DateTime is null
    or (Header.DateTime at time zone 'Europe/London')::date < Header.ReferenceDate
