-- title: "Software or time of making is absent, or the file is older than its reference date"
-- severity: query
-- fields: {Header: [SoftwareCode, DateTime]}
-- fix: "Let the software name itself and the time at which it made the file, after the reference date."
-- sources: ["derived from what the items mean"]
select
    'Header' as module,
    Header.row_id
from Header
where
    Header.SoftwareCode is null
    or Header.DateTime is null
    or (Header.DateTime at time zone 'Europe/London')::date < Header.ReferenceDate
