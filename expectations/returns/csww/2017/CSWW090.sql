-- title: An agency worker has items that are only for the authority's own staff
-- severity: query
-- fields: {CSWWWorker: [AgencyWorker, PersonBirthDate, Ethnicity, QualLevel, StartOrigin, WorkingDaysLost, BaseSalary]}
-- fix: Leave these items out for agency workers.
-- sources: ["derived from the meaning of the items"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    CSWWWorker.AgencyWorker = '1'
    and coalesce(
        CSWWWorker.PersonBirthDate_text,
        CSWWWorker.Ethnicity,
        CSWWWorker.QualLevel,
        CSWWWorker.StartOrigin,
        CSWWWorker.WorkingDaysLost_text,
        CSWWWorker.BaseSalary_text
    ) is not null
