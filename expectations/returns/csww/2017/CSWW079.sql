-- title: "Working days lost are missing or negative, or have too many decimals"
-- severity: error
-- fields: {CSWWWorker: [WorkingDaysLost]}
-- fix: "Give the working days lost to sickness in the census year with at most two decimals, 0 if none."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    (CSWWWorker.AgencyWorker = '0' and CSWWWorker.WorkingDaysLost_text is null)
    or (CSWWWorker.WorkingDaysLost_text is not null and CSWWWorker.WorkingDaysLost is null)
    or CSWWWorker.WorkingDaysLost < 0
    or scale(CSWWWorker.WorkingDaysLost) > 2
