-- title: The authority number is not valid in the year
-- severity: error
-- fields: {Header: [LEA]}
-- fix: Give the authority's three digits as they are in the census year.
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'Header' as module,
    Header.row_id
from Header
cross join collection
where
    Header.LEA is null
    or Header.LEA !~ '^\d{3}$'
    or (
        Header.LEA is distinct from collection.la_code
        and not exists (
            select 1
            from authority
            where
                authority.la_code = Header.LEA
                and authority.valid_from <= collection.collection_end
                and (authority.valid_to is null or authority.valid_to > collection.collection_end)
        )
    )
