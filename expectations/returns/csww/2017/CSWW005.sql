-- title: The file is another authority's
-- severity: error
-- fields: {Header: [LEA]}
-- fix: Send the file of the authority that submits.
-- sources: ["derived from what the items mean"]
select
    'Header' as module,
    Header.row_id
from Header
cross join collection
where Header.LEA <> collection.la_code
