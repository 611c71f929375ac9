-- title: The collection is not named CSWW
-- severity: error
-- fields: {Header: [Collection]}
-- fix: Give CSWW as the name of the collection in the header.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'Header' as module,
    Header.row_id
from Header
where Header.Collection is distinct from 'CSWW'
