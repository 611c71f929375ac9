-- title: Gender is missing or not a valid code
-- severity: error
-- fields: {CSWWWorker: [GenderCurrent]}
-- fix: "Give 0, 1, 2 or 9."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    (CSWWWorker.AgencyWorker = '0' and CSWWWorker.GenderCurrent is null) or CSWWWorker.GenderCurrent not in ('0', '1', '2', '9')
