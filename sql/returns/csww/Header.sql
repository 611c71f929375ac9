-- title: Identification of the file
-- grain: one row
-- years: {first: 2021}
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification, header"]
select
    0 as row_id,
    'CSWW' as Collection,
    collection.collection_year as Year,
    collection.collection_end as ReferenceDate,
    'L' as SourceLevel,
    collection.la_code as LEA,
    'statutory' as SoftwareCode,
    -- The end of the night of the file.
    to_char(collection.night + 1, 'YYYY-MM-DD"T"HH24:MI:SS') as DateTime
from collection
