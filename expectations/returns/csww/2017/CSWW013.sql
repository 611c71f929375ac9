-- title: Agency cover is more than all vacancies
-- severity: query
-- fields: {LALevel: [NoAgencyFTE, NumberOfVacancies]}
-- fix: "Count only vacancies as covered, or give all vacancies."
-- sources: ["derived from the meaning of the items"]
select
    'LALevel' as module,
    LALevel.row_id
from LALevel
where LALevel.NoAgencyFTE > LALevel.NumberOfVacancies
