-- title: The source level is not L
-- severity: error
-- fields: {Header: [SourceLevel]}
-- fix: "Give L, a local authority, as the source level."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'Header' as module,
    Header.row_id
from Header
where Header.SourceLevel is distinct from 'L'
