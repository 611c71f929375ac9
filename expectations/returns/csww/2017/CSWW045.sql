-- title: The level of the qualification is missing or not a valid code
-- severity: error
-- fields: {CSWWWorker: [QualLevel]}
-- fix: "Give 1, 2 or 3."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    (CSWWWorker.AgencyWorker = '0' and CSWWWorker.QualLevel is null) or CSWWWorker.QualLevel not in ('1', '2', '3')
