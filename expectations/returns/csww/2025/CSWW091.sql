-- title: "The base salary is missing or negative, or has too many decimals"
-- severity: error
-- fields: {CSWWWorker: [BaseSalary]}
-- fix: Give the annual full-time base salary with at most two decimals.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    (CSWWWorker.AgencyWorker = '0' and CSWWWorker.BaseSalary_text is null)
    or (CSWWWorker.BaseSalary_text is not null and CSWWWorker.BaseSalary is null)
    or CSWWWorker.BaseSalary < 0
    or scale(CSWWWorker.BaseSalary) > 2
