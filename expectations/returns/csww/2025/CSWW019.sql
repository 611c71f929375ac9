-- title: Other allowances are not stated
-- severity: error
-- fields: {LALevel: [OtherAllowances]}
-- fix: "Say which other allowances there are, or that there are none."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'LALevel' as module,
    LALevel.row_id
from LALevel
where LALevel.OtherAllowances is null
