-- title: There is not exactly one record of the authority's own items
-- severity: error
-- fields: {LALevel: []}
-- fix: "Send one record of vacancies, agency cover and allowances."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    '' as module,
    -1 as row_id
from LALevel
having count(*) <> 1
