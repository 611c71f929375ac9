-- title: "Agency cover in full-time equivalents is missing or negative, or has too many decimals"
-- severity: error
-- fields: {LALevel: [NoAgencyFTE]}
-- fix: Give the full-time equivalent of agency workers who cover vacancies with at most two decimals.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'LALevel' as module,
    LALevel.row_id
from LALevel
where LALevel.NoAgencyFTE is null or LALevel.NoAgencyFTE < 0 or scale(LALevel.NoAgencyFTE) > 2
