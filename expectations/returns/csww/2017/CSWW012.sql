-- title: "Agency cover in people is missing, negative or not a whole number"
-- severity: error
-- fields: {LALevel: [NoAgencyHeadcount]}
-- fix: Give the number of agency workers who cover vacancies.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'LALevel' as module,
    LALevel.row_id
from LALevel
where
    LALevel.NoAgencyHeadcount is null or LALevel.NoAgencyHeadcount < 0 or LALevel.NoAgencyHeadcount <> trunc(LALevel.NoAgencyHeadcount)
