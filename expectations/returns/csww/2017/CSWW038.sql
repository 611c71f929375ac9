-- title: The birth date is missing or is not a date
-- severity: error
-- fields: {CSWWWorker: [PersonBirthDate]}
-- fix: Give the birth date as yyyy-mm-dd.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    (CSWWWorker.AgencyWorker = '0' and CSWWWorker.PersonBirthDate_text is null)
    or (CSWWWorker.PersonBirthDate_text is not null and CSWWWorker.PersonBirthDate is null)
