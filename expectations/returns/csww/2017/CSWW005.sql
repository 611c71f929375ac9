-- title: The file is from another authority
-- severity: error
-- fields: {Header: [LEA]}
-- fix: Send the file of the authority that submits.
-- sources: ["derived from the meaning of the items"]
select
    'Header' as module,
    Header.row_id
from Header
cross join collection
where Header.LEA <> collection.la_code
