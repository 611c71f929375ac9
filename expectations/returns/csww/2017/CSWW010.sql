-- title: "Vacancies are missing or negative, or have too many decimals"
-- severity: error
-- fields: {LALevel: [NumberOfVacancies]}
-- fix: Give the full-time equivalent of all vacancies with at most two decimals.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'LALevel' as module,
    LALevel.row_id
from LALevel
where
    LALevel.NumberOfVacancies is null or LALevel.NumberOfVacancies < 0 or scale(LALevel.NumberOfVacancies) > 2
