-- title: Agency workers cover more than all vacancies
-- severity: query
-- fields: {LALevel: [NoAgencyFTE, NumberOfVacancies]}
-- fix: "Count as covered only what is vacant, or give all vacancies."
-- sources: ["derived from what the items mean"]
select
    'LALevel' as module,
    LALevel.row_id
from LALevel
where LALevel.NoAgencyFTE > LALevel.NumberOfVacancies
