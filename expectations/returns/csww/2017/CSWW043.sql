-- title: Ethnicity is missing or not a valid code
-- severity: error
-- fields: {CSWWWorker: [Ethnicity]}
-- fix: "Give a code of the census's ethnicities; REFU if the worker refused, NOBT if not yet obtained."
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification"]
select
    'CSWWWorker' as module,
    CSWWWorker.row_id
from CSWWWorker
where
    (CSWWWorker.AgencyWorker = '0' and CSWWWorker.Ethnicity is null)
    or (
        CSWWWorker.Ethnicity is not null
        and not exists (
            select 1
            from code
            where code.code_list = 'csww.ETHNICITY' and code.code = CSWWWorker.Ethnicity
        )
    )
